"""A real systemd manager in namespaces of its own, with no units but ours: nothing of the host's is started, and nothing of it stays."""

import contextlib
import os
import shlex
import subprocess
import time

import peers

MANAGER = "/lib/systemd/systemd"
START_SECONDS = 20
# What every unit depends on unless it says DefaultDependencies=no.
TARGETS = ("sysinit", "basic", "sockets", "shutdown", "umount")
# Limits that an ordinary client meets, out of the way.
SOCKET_LIFTED = "MaxConnections=1000000\nTriggerLimitIntervalSec=0\n"
SERVICE_LIFTED = "[Unit]\nStartLimitIntervalSec=0\n"
# No journal runs there, and what is said to nobody costs least.
QUIET = "StandardOutput=null\nStandardError=null\n"

# It says when it becomes systemd. /proc/sys is not of a namespace, and no manager but the host's has to write there.
ENTER = """
set -eu
mount --make-rprivate /
mount -t tmpfs tmpfs /run
mkdir -p /run/systemd/system
ip link set lo up
umount -l /sys/fs/cgroup 2>/dev/null || true
mount -t cgroup2 none /sys/fs/cgroup
mount --bind /proc/sys /proc/sys
mount -o remount,bind,ro /proc/sys
date +%s.%N >"$2"
exec env -i PATH="$PATH" container=podman SYSTEMD_UNIT_PATH="$1" "$3" --system --unit=bench.target --show-status=no --log-target=null
"""


def missing():
    """Why none can be started here; empty where one can."""
    if os.geteuid() != 0:
        return "its namespaces need root"
    absent = [program for program in ("unshare", "nsenter", "setpriv", "mount", "ip", "systemctl") if not peers.which(program)]
    if not os.path.exists(MANAGER):
        absent.append(MANAGER)
    if absent:
        return "there is no " + ", ".join(absent)
    return "" if group_root() else "there is no cgroup v2"


def group_root():
    """Where cgroup v2 is mounted; empty where it is not."""
    for place in ("/sys/fs/cgroup/unified", "/sys/fs/cgroup"):
        if os.path.exists(os.path.join(place, "cgroup.procs")) and os.path.exists(os.path.join(place, "cgroup.controllers")):
            return place
    return ""


class Manager:
    """One that runs; `stop` ends all that it started, and so does the end of this program, however it comes."""

    def __init__(self, directory, files):
        self.units = os.path.join(directory, "units")
        os.makedirs(os.path.join(self.units, "sockets.target.wants"))
        for target in TARGETS:
            peers.write(self.units, f"{target}.target", "[Unit]\nDefaultDependencies=no\n")
        peers.write(self.units, "bench.target", "[Unit]\nWants=sockets.target\n")
        for name, text in files.items():
            self.declare(name, text)
        self.group = os.path.join(group_root(), f"activator-bench-{os.getpid()}-{time.monotonic_ns()}")
        os.mkdir(self.group)
        began = os.path.join(directory, "began")
        # The child enters the group, and its namespace makes the group its root.
        command = (
            f"echo 0 >{shlex.quote(self.group)}/cgroup.procs && exec setpriv --pdeathsig KILL unshare --mount --pid --fork --net --uts --ipc "
            f"--cgroup --mount-proc --kill-child -- sh -c {shlex.quote(ENTER)} sh {shlex.quote(self.units)} {shlex.quote(began)} {MANAGER}"
        )
        with open(os.path.join(directory, "output"), "wb") as log:
            self.process = subprocess.Popen(
                ["sh", "-c", command], stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
        try:
            self.began = self.await_start(began)
            self.pid = self.child()
        except BaseException:
            self.stop()
            raise
        # Of its children each is entered: their commands run where systemctl finds its manager and clients find its ports.
        self.inside = ["nsenter", "--target", str(self.pid), "--net"]
        self.sockets = f"/proc/{self.pid}/net"

    def declare(self, name, text):
        """Writes a unit file; a socket is wanted from the start."""
        peers.write(self.units, name, text)
        if name.endswith(".socket"):
            os.symlink(f"../{name}", os.path.join(self.units, "sockets.target.wants", name))

    def withdraw(self, name):
        os.remove(os.path.join(self.units, name))
        if name.endswith(".socket"):
            os.remove(os.path.join(self.units, "sockets.target.wants", name))

    def await_start(self, file):
        """When it was executed, by the clock of time.time()."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            with contextlib.suppress(FileNotFoundError, ValueError):
                with open(file) as written:
                    return float(written.read())
            time.sleep(0.001)
        raise RuntimeError("systemd does not start")

    def child(self):
        with open(f"/proc/{self.process.pid}/task/{self.process.pid}/children") as children:
            return int(children.read().split()[0])

    def systemctl(self, *words):
        subprocess.run(
            ["nsenter", "--target", str(self.pid), "--mount", "--pid", "--net", "systemctl", *words],
            check=True, capture_output=True, timeout=60,
        )

    def stop(self):
        # unshare hears nothing else, and its end is the end of all in its namespace.
        self.process.kill()
        self.process.wait()
        deadline = time.monotonic() + START_SECONDS
        while os.path.exists(self.group) and time.monotonic() < deadline:
            for place, _, _ in os.walk(self.group, topdown=False):
                with contextlib.suppress(OSError):
                    os.rmdir(place)
            time.sleep(0.01)


class Systemd(peers.Peer):
    """The service manager itself, with the unit files that we get."""

    name = "systemd"
    hands_over = True

    def __init__(self, tools, handed=False, lifted=True):
        super().__init__(tools, handed, lifted)
        self.manager = None

    @classmethod
    def missing(cls):
        return missing()

    def files(self, port, program):
        return peers.units(
            port, program, self.handed, SOCKET_LIFTED if self.lifted else "",
            (QUIET if self.handed else "") + (SERVICE_LIFTED if self.lifted else ""),
        )

    def launch(self, directory, program):
        self.manager = Manager(directory, self.files(self.port, program))
        self.process = self.manager.process
        self.inside, self.sockets = self.manager.inside, self.manager.sockets

    def stop(self):
        if self.manager:
            self.manager.stop()
