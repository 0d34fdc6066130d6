"""The super-servers that are compared: how each is told to run one program per connection on a port of 127.0.0.1."""

import json
import os
import shutil
import socket
import subprocess
import time

PACKAGES = {"tcpserver": "ucspi-tcp", "xinetd": "xinetd", "openbsd-inetd": "openbsd-inetd"}
# What the fetched programs are linked with.
LIBRARIES = ["libwrap0", "libbsd0", "libtirpc3"]
SEARCHED = [*os.environ.get("PATH", "").split(os.pathsep), "/usr/sbin", "/sbin"]
READY_SECONDS = 20


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Peer:
    """One running server; `start` returns when its port listens, `stop` when its process has ended."""

    name = ""

    def __init__(self, tools):
        self.tools = tools
        self.process = None

    def command(self, directory, port, program):
        raise NotImplementedError

    def start(self, directory, program):
        directory = os.path.join(directory, "of-" + self.name)
        shutil.rmtree(directory, ignore_errors=True)
        os.makedirs(directory)
        self.port = free_port()
        log = open(os.path.join(directory, "output"), "wb")
        command = self.command(directory, self.port, program)
        self.process = subprocess.Popen(
            [which(command[0]) or command[0], *command[1:]], stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
        log.close()
        self.await_port()

    def await_port(self):
        deadline = time.monotonic() + READY_SECONDS
        while self.port not in listening_ports():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError(f"{self.name} does not listen")
            time.sleep(0.02)

    def stop(self):
        if self.process:
            end(self.process)


def load(tools, port, concurrency, count):
    """What the exact client saw: p50 and p99 in microseconds, connections a second, how many were lost."""
    result = subprocess.run(
        [tools["load"], str(port), str(concurrency), str(count)], capture_output=True, text=True, timeout=180, check=True
    )
    return json.loads(result.stdout)


def end(process):
    """Asks it to end, and makes it end where it does not in time."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(READY_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def listening_ports():
    """Looks instead of connecting, which would count as a client."""
    found = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        with open(table) as lines:
            for line in lines:
                fields = line.split()
                if fields[3] == "0A":
                    found.add(int(fields[1].rpartition(":")[2], 16))
    return found


class Limit(Peer):
    name = "limit"

    def command(self, directory, port, program):
        return [self.tools["limit"], str(port), *program]


class Activator(Peer):
    name = "activator"

    def command(self, directory, port, program):
        units = os.path.join(directory, "units")
        os.makedirs(units)
        write(units, "bench.socket", f"[Socket]\nListenStream=127.0.0.1:{port}\nAccept=yes\nBacklog=4096\n")
        write(units, "bench@.service", f"[Service]\nExecStart={quoted(program)}\nStandardInput=socket\n")
        return [
            self.tools["activator"], "run", "--units", units,
            "--runtime", os.path.join(directory, "run"), "--state", os.path.join(directory, "state"),
        ]

    def await_port(self):
        super().await_port()
        deadline = time.monotonic() + READY_SECONDS
        output = os.path.join(os.path.dirname(self.process.args[3]), "output")
        while b"ready: " not in open(output, "rb").read():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError("activator does not get ready")
            time.sleep(0.02)


class TcpServer(Peer):
    name = "tcpserver"

    def command(self, directory, port, program):
        return ["tcpserver", "-c", "1000", "-b", "4096", "-H", "-R", "-l0", "127.0.0.1", str(port), *program]


class Xinetd(Peer):
    name = "xinetd"

    def command(self, directory, port, program):
        # Its own defaults end the service after 50 connections.
        arguments = f"  server_args = {' '.join(program[1:])}\n" if program[1:] else ""
        text = f"""service bench
{{
  type = UNLISTED
  socket_type = stream
  protocol = tcp
  wait = no
  user = {user()}
  bind = 127.0.0.1
  port = {port}
  server = {program[0]}
{arguments}  instances = UNLIMITED
  per_source = UNLIMITED
  cps = 1000000 1
  log_type = FILE /dev/null
}}
"""
        return ["xinetd", "-dontfork", "-f", write(directory, "xinetd.conf", text), "-pidfile", f"{directory}/pid"]


class OpenBsdInetd(Peer):
    name = "openbsd-inetd"

    def command(self, directory, port, program):
        line = f"127.0.0.1:{port} stream tcp nowait.1000000 {user()} {program[0]} {' '.join(program)}\n"
        return ["inetd", "-i", "-R", "1000000", write(directory, "inetd.conf", line)]


class SocketActivate(Peer):
    name = "systemd-socket-activate"

    def command(self, directory, port, program):
        return ["systemd-socket-activate", "--accept", "--inetd", "-l", f"127.0.0.1:{port}", *program]


def user():
    return subprocess.run(["id", "-un"], capture_output=True, text=True, check=True).stdout.strip()


def quoted(program):
    return " ".join('"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"' for word in program)


def write(directory, name, text):
    path = os.path.join(directory, name)
    with open(path, "w") as file:
        file.write(text)
    return path


ALL = [Limit, Activator, TcpServer, Xinetd, OpenBsdInetd, SocketActivate]
PROGRAMS = {
    "tcpserver": "tcpserver", "xinetd": "xinetd", "openbsd-inetd": "inetd",
    "systemd-socket-activate": "systemd-socket-activate",
}


def present(names, install, directory, say):
    """The classes of the peers that are here or can be fetched; says which are missing."""
    found = []
    for peer in ALL:
        if names and peer.name not in names and peer.name not in ("limit", "activator"):
            continue
        program = PROGRAMS.get(peer.name)
        if program and not which(program) and install and peer.name in PACKAGES:
            fetch(PACKAGES[peer.name], directory, say)
        if program and not which(program):
            say(f"{peer.name} is not here, left out")
        else:
            found.append(peer)
    return found


def fetch(package, directory, say):
    """Unpacks a Debian package without installing it: some of them exclude each other, and all would start a daemon."""
    say(f"fetching {package}")
    unpacked = os.path.join(directory, "package-" + package)
    os.makedirs(unpacked)
    for command in (
        ["apt-get", "download", package],
        ["sh", "-c", "for file in *.deb; do dpkg-deb -x $file .; done"],
    ):
        if subprocess.run(command, cwd=unpacked, capture_output=True, check=False).returncode != 0:
            return
    SEARCHED.extend(os.path.join(unpacked, "usr", place) for place in ("bin", "sbin"))
    if os.geteuid() == 0 and LIBRARIES:
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run(
            ["apt-get", "install", "-y", "-q", "--no-install-recommends", *LIBRARIES],
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, check=False, **quiet,
        )
        LIBRARIES.clear()


def which(program):
    return shutil.which(program, path=os.pathsep.join(SEARCHED))
