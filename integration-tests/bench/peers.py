"""The super-servers that are compared: how each is told to run one program, per connection or with the listener handed over, on a port of 127.0.0.1."""

import glob
import json
import os
import shutil
import socket
import subprocess
import time

# What the fetched programs are linked with.
LIBRARIES = ["libwrap0", "libbsd0", "libtirpc3"]
SEARCHED = [*os.environ.get("PATH", "").split(os.pathsep), "/usr/sbin", "/sbin"]
READY_SECONDS = 20


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Peer:
    """
    One running server; `start` returns when its port listens, `stop` when its process has ended.

    `handed`: the program gets the listener, as descriptor 3 or as standard input, and not a process per connection.
    `lifted`: limits of its own are set so high that this client does not meet them; otherwise its defaults hold.
    """

    name = ""
    program = ""
    package = ""
    hands_over = False
    is_input = False

    def __init__(self, tools, handed=False, lifted=True):
        self.tools, self.handed, self.lifted = tools, handed, lifted
        self.process = None
        # What leads into the network namespace where it listens, and that namespace's table of sockets.
        self.inside, self.sockets = [], "/proc/net"

    @classmethod
    def missing(cls):
        """Why it cannot run here; empty where it can."""
        return "" if not cls.program or which(cls.program) else f"there is no {cls.program}"

    def command(self, directory, port, program):
        raise NotImplementedError

    def start(self, directory, program):
        directory = os.path.join(directory, "of-" + self.name)
        shutil.rmtree(directory, ignore_errors=True)
        os.makedirs(directory)
        self.port = free_port()
        if self.handed and self.is_input:
            program = as_input(directory, program)
        self.launch(directory, program)
        self.await_port()

    def launch(self, directory, program):
        with open(os.path.join(directory, "output"), "wb") as log:
            command = self.command(directory, self.port, program)
            self.process = subprocess.Popen(
                [which(command[0]) or command[0], *command[1:]], stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )

    def await_port(self):
        deadline = time.monotonic() + READY_SECONDS
        while self.port not in listening_ports(self.sockets):
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError(f"{self.name} does not listen")
            time.sleep(0.02)

    def load(self, concurrency, count, size=0):
        return load(self.tools, self.port, concurrency, count, size, self.inside)

    def stop(self):
        if self.process:
            end(self.process)


def load(tools, port, concurrency, count, size=0, inside=()):
    """What the exact client saw: p50 and p99 in microseconds, connections a second, how many were lost. With a size it sends so many bytes and wants them back."""
    result = subprocess.run(
        [*inside, tools["load"], str(port), str(concurrency), str(count), *([str(size)] if size else [])],
        capture_output=True, text=True, timeout=180, check=True,
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


def listening_ports(sockets="/proc/net"):
    """Looks instead of connecting, which would count as a client."""
    found = set()
    for table in ("tcp", "tcp6"):
        with open(os.path.join(sockets, table)) as lines:
            for line in lines:
                fields = line.split(maxsplit=4)
                if fields[3] == "0A":
                    found.add(int(fields[1].rpartition(":")[2], 16))
    return found


class Limit(Peer):
    name = "limit"
    hands_over = True

    def command(self, directory, port, program):
        return [self.tools["limit-listen" if self.handed else "limit"], str(port), *program]


class Owed(Peer):
    """The limit with a session, a cgroup and an exit status for each connection: what none of these promises comes without."""

    name = "limit-owed"

    def command(self, directory, port, program):
        self.cgroup = own_cgroup("limit-owed")
        return [self.tools["limit-owed"], str(port), self.cgroup or "-", *program]

    def stop(self):
        super().stop()
        if self.cgroup:
            for place in (*glob.glob(self.cgroup + "/[0-9]*"), self.cgroup):
                remove_cgroup(place)


def remove_cgroup(place):
    """As soon as the last process has left it."""
    deadline = time.monotonic() + READY_SECONDS
    while os.path.isdir(place):
        try:
            os.rmdir(place)
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def own_cgroup(name):
    """A new cgroup of version 2 below our own; None where there is none or it is not ours to make."""
    with open("/proc/self/mounts") as lines:
        mounted = next((line.split()[1] for line in lines if line.split()[2] == "cgroup2"), None)
    with open("/proc/self/cgroup") as lines:
        member = next((line.strip()[3:] for line in lines if line.startswith("0::/")), None)
    if mounted is None or member is None:
        return None
    place = os.path.join(mounted, member.lstrip("/"), f"{name}-{os.getpid()}")
    try:
        os.mkdir(place)
    except OSError:
        return None
    return place


def units(port, program, handed, socket_lines="", service_lines=""):
    """The unit files of one service, for us and for systemd."""
    accept = "" if handed else "Accept=yes\nBacklog=4096\n"
    standard_input = "" if handed else "StandardInput=socket\n"
    return {
        "bench.socket": f"[Socket]\nListenStream=127.0.0.1:{port}\n{accept}{socket_lines}",
        f"bench{'' if handed else '@'}.service": f"[Service]\nExecStart={quoted(program)}\n{standard_input}{service_lines}",
    }


class Activator(Peer):
    """With its defaults, always."""

    name = "activator"
    hands_over = True

    def files(self, port, program):
        return units(port, program, self.handed)

    def command(self, directory, port, program):
        place = os.path.join(directory, "units")
        os.makedirs(place)
        for name, text in self.files(port, program).items():
            write(place, name, text)
        return [
            self.tools["activator"], "run", "--units", place,
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
    name = program = "tcpserver"
    package = "ucspi-tcp"

    def command(self, directory, port, program):
        lifted = ["-c", "1000", "-b", "4096"] if self.lifted else []
        return ["tcpserver", *lifted, "-H", "-R", "-l0", "127.0.0.1", str(port), *program]


class TcpSvd(Peer):
    name = program = "tcpsvd"
    package = "ipsvd"

    def command(self, directory, port, program):
        lifted = ["-c", "1000", "-b", "4096"] if self.lifted else []
        return ["tcpsvd", *lifted, "-l", "localhost", "127.0.0.1", str(port), *program]


class Xinetd(Peer):
    name = program = package = "xinetd"
    hands_over = is_input = True

    def command(self, directory, port, program):
        # Its own defaults end the service after 50 connections.
        lifted = "  instances = UNLIMITED\n  per_source = UNLIMITED\n  cps = 1000000 1\n" if self.lifted else ""
        arguments = f"  server_args = {' '.join(program[1:])}\n" if program[1:] else ""
        text = f"""service bench
{{
  type = UNLISTED
  socket_type = stream
  protocol = tcp
  wait = {'yes' if self.handed else 'no'}
  user = {user()}
  bind = 127.0.0.1
  port = {port}
  server = {program[0]}
{arguments}{lifted}  log_type = FILE /dev/null
}}
"""
        return ["xinetd", "-dontfork", "-f", write(directory, "xinetd.conf", text), "-pidfile", f"{directory}/pid"]


class OpenBsdInetd(Peer):
    name = package = "openbsd-inetd"
    program = "inetd"
    hands_over = is_input = True

    def command(self, directory, port, program):
        wait = ("wait" if self.handed else "nowait") + (".1000000" if self.lifted else "")
        line = f"127.0.0.1:{port} stream tcp {wait} {user()} {program[0]} {' '.join(program)}\n"
        return ["inetd", "-i", *(["-R", "1000000"] if self.lifted else []), write(directory, "inetd.conf", line)]


class SocketActivate(Peer):
    name = program = "systemd-socket-activate"

    def command(self, directory, port, program):
        return ["systemd-socket-activate", "--accept", "--inetd", "-l", f"127.0.0.1:{port}", *program]


def as_input(directory, program):
    """Where a server hands the listener over as standard input, as the inetds do, a copy is made of it."""
    script = write(directory, "as-input", f"#!/bin/sh\nexec {' '.join(program)} 3<&0\n")
    os.chmod(script, 0o755)
    return [script]


def user():
    return subprocess.run(["id", "-un"], capture_output=True, text=True, check=True).stdout.strip()


def quoted(program):
    """As ExecStart= has it, where $ and % mean something, too."""
    for meant, written in (("\\", "\\\\"), ('"', '\\"'), ("$", "$$"), ("%", "%%")):
        program = [word.replace(meant, written) for word in program]
    return " ".join(f'"{word}"' for word in program)


def write(directory, name, text):
    path = os.path.join(directory, name)
    with open(path, "w") as file:
        file.write(text)
    return path


YARDSTICKS = (Limit, Owed)


def present(every, names, install, directory, say):
    """Those of these classes that are here or can be fetched; says once which are left out."""
    found = []
    for peer in every:
        if names and peer.name not in names and peer not in YARDSTICKS + (Activator,):
            continue
        if peer.missing() and install and peer.package:
            fetch(peer.package, directory, say)
        if peer.missing():
            say(f"{peer.name} is left out: {peer.missing()}")
        else:
            found.append(peer)
    return found


def fetch(package, directory, say):
    """Unpacks a Debian package without installing it: some of them exclude each other, and all would start a daemon."""
    say(f"fetching {package}")
    unpacked = os.path.join(directory, "package-" + package)
    os.makedirs(unpacked)
    if not ran(["apt-get", "download", package], unpacked):
        return
    for archive in glob.glob(os.path.join(unpacked, "*.deb")):
        ran(["dpkg-deb", "-x", archive, unpacked], unpacked)
    SEARCHED.extend(os.path.join(unpacked, "usr", place) for place in ("bin", "sbin"))
    if os.geteuid() == 0 and LIBRARIES:
        ran(["apt-get", "install", "-y", "-q", "--no-install-recommends", *LIBRARIES], unpacked)
        LIBRARIES.clear()


def ran(command, directory):
    """Whether it could be run and succeeded."""
    if not which(command[0]):
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(command, cwd=directory, env=environment, capture_output=True, check=False).returncode == 0


def which(program):
    return shutil.which(program, path=os.pathsep.join(SEARCHED))
