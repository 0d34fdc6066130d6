"""What a super-server costs that nobody connects to: start, memory, wakeups and processor time by the number of units."""

import os
import resource
import select
import shutil
import socket
import statistics
import subprocess
import time

import peers
import systemd
from verdicts import judge

STARTS = 3
SETTLE_SECONDS = 10
LOOK_SECONDS = 30
QUICK_LOOK_SECONDS = 10
LONGEST_START_SECONDS = 120
# Of descriptors, beside one a unit: for the probes here as for the super-server.
SPARE_FDS = 400
# The full table is read at least so often; in between a line says how many sockets there are.
TABLE_SECONDS = 0.1
FEWEST_FURTHER = 500
MOST_PSS_MB = {1: 38, 1000: 40, 10_000: 48}
# What code many units make the JVM compile counts with few units as if it were theirs.
MOST_KB_A_UNIT, OF_UNITS = 1, 10_000
MOST_LISTENING_S = {1000: 0.4, 10_000: 1.2}
# systemd's start grows with the square: 1,000 units took it 9 s, 2,000 took 32.
MOST_UNITS_OF_SYSTEMD = 2000
# Processor time is counted in hundredths of a second; one of them in half a minute may be of anything.
MOST_CPU_MS = 10


def measure(tools, directory, counts, quick, say):
    """Us and, where it can be started, systemd, with each number of units."""
    rows = []
    for count in counts:
        if not raise_limit(count):
            say(f"idle: {count} units are left out, since a process may open only {resource.getrlimit(resource.RLIMIT_NOFILE)[1]} files here (ulimit -Hn)")
            continue
        say(f"idle: {count} units")
        rows.append(ours(tools, os.path.join(directory, f"idle-{count}"), count, quick))
        if count > MOST_UNITS_OF_SYSTEMD:
            say(f"idle: systemd is left out with {count} units, which would take it many minutes")
        elif not systemd.missing():
            say(f"idle: {count} units, systemd")
            rows.append(of_systemd(os.path.join(directory, f"idle-systemd-{count}"), count, quick))
    if systemd.missing():
        say(f"systemd is left out: {systemd.missing()}")
    return rows


def raise_limit(count):
    """Whether so many listeners can be open at once; sees to it where that is ours to say. What we start inherits it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < count + SPARE_FDS <= hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (count + SPARE_FDS, hard))
    return count + SPARE_FDS <= hard


def files(ports):
    declared = {}
    for number, port in enumerate(ports):
        declared[f"u{number}.socket"] = f"[Socket]\nListenStream=127.0.0.1:{port}\n"
        declared[f"u{number}.service"] = "[Service]\nExecStart=/bin/true\n"
    return declared


def ours(tools, directory, count, quick):
    """A start is short and one like another only on average, so there are several; the last one stays to be looked at."""
    ports = free_ports(count)
    begun = [start(tools, os.path.join(directory, str(number)), ports, None) for number in range(1, STARTS)]
    begun.append(start(tools, os.path.join(directory, str(STARTS)), ports, QUICK_LOOK_SECONDS if quick else LOOK_SECONDS))
    shutil.rmtree(directory, ignore_errors=True)
    middle = {key: statistics.median(one[key] for one in begun) for key in ("listening_s", "ready_s")}
    return {"workload": "idle", "peer": "activator", "units": count, **begun[-1], **middle}


def start(tools, directory, ports, seconds):
    """When all listen and when it is ready; and, where it shall be looked at for some seconds, what it costs then."""
    units = os.path.join(directory, "units")
    os.makedirs(units)
    for name, text in files(ports).items():
        peers.write(units, name, text)
    table = SocketTable("/proc/net")
    begun = time.time()
    read, write = os.pipe()
    with open(os.path.join(directory, "output"), "wb") as log:
        process = subprocess.Popen(
            [tools["activator"], "run", "--units", units, "--runtime", os.path.join(directory, "run"),
             "--state", os.path.join(directory, "state"), "--ready-fd", str(write)],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, pass_fds=[write],
        )
    os.close(write)
    try:
        listening = table.await_listening(ports, lambda: select.select([read], [], [], 0)[0]) - begun
        if not select.select([read], [], [], LONGEST_START_SECONDS)[0]:
            raise RuntimeError(f"not ready within {LONGEST_START_SECONDS} s with {len(ports)} units")
        return {"listening_s": listening, "ready_s": time.time() - begun, **(look(process.pid, seconds) if seconds else {})}
    finally:
        os.close(read)
        peers.end(process)


def of_systemd(directory, count, quick):
    os.makedirs(directory)
    ports = free_ports(count)
    manager = systemd.Manager(directory, files(ports))
    try:
        listening = SocketTable(manager.sockets).await_listening(ports, lambda: False) - manager.began
        return {"workload": "idle", "peer": "systemd", "units": count, "listening_s": listening, "ready_s": listening,
                **look(manager.pid, QUICK_LOOK_SECONDS if quick else LOOK_SECONDS)}
    finally:
        manager.stop()
        shutil.rmtree(directory, ignore_errors=True)


class SocketTable:
    """Looks often whether ports listen, without taking a processor from whoever is busy opening them."""

    def __init__(self, sockets):
        self.sockets = sockets
        self.before = self.in_use()

    def in_use(self):
        """TCP sockets of all kinds; one line, whatever their number."""
        with open(os.path.join(self.sockets, "sockstat")) as lines:
            return next(int(line.split()[2]) for line in lines if line.startswith("TCP:"))

    def await_listening(self, ports, is_ready):
        """When all of them listened, to some milliseconds; no later than readiness, which ends the wait."""
        wanted, began, looked = set(ports), time.monotonic(), 0
        while True:
            seen = time.time()
            # Other sockets come and go, so their number is only a hint.
            if self.in_use() >= self.before + len(wanted) or time.monotonic() - looked > TABLE_SECONDS:
                looked = time.monotonic()
                if wanted <= peers.listening_ports(self.sockets):
                    return seen
            if is_ready():
                return time.time()
            if time.monotonic() - began > LONGEST_START_SECONDS:
                raise RuntimeError(f"not all of {len(wanted)} ports listen within {LONGEST_START_SECONDS} s")
            time.sleep(0.001)


def look(pid, seconds):
    time.sleep(SETTLE_SECONDS)
    threads, ticks = switches(pid), cpu_ticks(pid)
    time.sleep(seconds)
    after = switches(pid)
    woken = sum(after[thread] - before for thread, before in threads.items() if thread in after)
    return {
        "pss_kb": pss_kb(pid),
        "switches_per_s": woken / seconds,
        "cpu_ms": (cpu_ticks(pid) - ticks) * 1000 / os.sysconf("SC_CLK_TCK"),
        "looked_s": seconds,
    }


def switches(pid):
    """Voluntary context switches by thread; one that ended meanwhile is left out of the difference."""
    counts = {}
    for thread in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{thread}/status") as status:
            counts[thread] = next(int(line.split()[1]) for line in status if line.startswith("voluntary_ctxt"))
    return counts


def cpu_ticks(pid):
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def pss_kb(pid):
    with open(f"/proc/{pid}/smaps_rollup") as rollup:
        return next(int(line.split()[1]) for line in rollup if line.startswith("Pss:"))


def free_ports(count):
    """Held all at once, so that they differ; free again when they are returned."""
    raise_limit(count)
    probes = []
    for _ in range(count):
        probe = socket.socket()
        probe.bind(("127.0.0.1", 0))
        probes.append(probe)
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def print_table(results):
    print("\nIdle, by the number of units")
    print(f"  {'':<12}{'units':>8}{'listens s':>11}{'ready s':>10}{'PSS MB':>10}{'KB a unit':>11}{'switches/s':>12}{'CPU ms':>9}{'in s':>6}")
    for row in results:
        first = next(one for one in results if one["peer"] == row["peer"])
        further = row["units"] - first["units"]
        # What a few need is less than what one run differs from another.
        each = f"{(row['pss_kb'] - first['pss_kb']) / further:.1f}" if further >= FEWEST_FURTHER else ""
        print(
            f"  {row['peer']:<12}{row['units']:>8}{row['listening_s']:>11.2f}{row['ready_s']:>10.2f}{row['pss_kb'] / 1024:>10.1f}{each:>11}"
            f"{row['switches_per_s']:>12.2f}{row['cpu_ms']:>9.0f}{row['looked_s']:>6}"
        )
    own = [row for row in results if row["peer"] == "activator"]
    for row in own:
        most = MOST_PSS_MB.get(row["units"])
        if most:
            judge(f"idle with {row['units']:,} units: at most {most} MB", row["pss_kb"] / 1024, row["pss_kb"] <= most * 1024, f"{row['pss_kb'] / 1024:.1f} MB")
    for row in own:
        further = row["units"] - own[0]["units"]
        if row["units"] == OF_UNITS and further >= FEWEST_FURTHER:
            each = (row["pss_kb"] - own[0]["pss_kb"]) / further
            judge(f"of {OF_UNITS:,} units each takes at most {MOST_KB_A_UNIT} KB", each, each <= MOST_KB_A_UNIT, f"{each:.2f} KB")
    for row in own:
        most = MOST_LISTENING_S.get(row["units"])
        if most:
            judge(f"all of {row['units']:,} ports listen within {most} s", row["listening_s"], row["listening_s"] <= most, f"{row['listening_s']:.2f} s")
    if own:
        most = max(row["switches_per_s"] for row in own)
        judge("idle: fewer than one voluntary context switch a second", most, most < 1)
        spent = max(row["cpu_ms"] for row in own)
        judge(f"idle: no processor time that can be measured (at most {MOST_CPU_MS} ms)", spent, spent <= MOST_CPU_MS, f"{spent:.0f} ms")
