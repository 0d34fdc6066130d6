"""What a super-server costs that nobody connects to: start, memory, wakeups and processor time by the number of units."""

import os
import resource
import select
import shutil
import socket
import subprocess
import time

import peers

SETTLE_SECONDS = 10
LONGEST_START_SECONDS = 120


def measure(tools, directory, count, quick, say):
    say(f"idle: {count} units")
    directory = os.path.join(directory, f"idle-{count}")
    units = os.path.join(directory, "units")
    os.makedirs(units)
    ports = free_ports(count)
    for number, port in enumerate(ports):
        with open(os.path.join(units, f"u{number}.socket"), "w") as file:
            file.write(f"[Socket]\nListenStream=127.0.0.1:{port}\n")
        with open(os.path.join(units, f"u{number}.service"), "w") as file:
            file.write("[Service]\nExecStart=/bin/true\n")
    begun = time.monotonic()
    read, write = os.pipe()
    with open(os.path.join(directory, "output"), "wb") as log:
        process = subprocess.Popen(
            [tools["activator"], "run", "--units", units, "--runtime", os.path.join(directory, "run"),
             "--state", os.path.join(directory, "state"), "--ready-fd", str(write)],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, pass_fds=[write],
        )
    os.close(write)
    try:
        listening = await_listening(ports, read, begun)
        if not select.select([read], [], [], LONGEST_START_SECONDS)[0]:
            raise RuntimeError(f"not ready within {LONGEST_START_SECONDS} s with {count} units")
        ready = time.monotonic() - begun
        figures = look(process.pid, 5 if quick else 30)
        return {"workload": "idle", "units": count, "listening_s": listening, "ready_s": ready, **figures}
    finally:
        os.close(read)
        peers.end(process)
        shutil.rmtree(directory, ignore_errors=True)


def await_listening(ports, ready, begun):
    """Seconds until all of the ports listen, to some milliseconds; no later than readiness, which ends the wait."""
    wanted = set(ports)
    while not wanted <= peers.listening_ports() and not select.select([ready], [], [], 0.005)[0]:
        if time.monotonic() - begun > LONGEST_START_SECONDS:
            raise RuntimeError(f"not all of {len(ports)} ports listen within {LONGEST_START_SECONDS} s")
    return time.monotonic() - begun


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
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < count + 100:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(count + 100, hard), hard))
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
    print(f"  {'units':>8}{'listens s':>11}{'ready s':>10}{'PSS MB':>10}{'switches/s':>12}{'CPU ms':>9}{'in s':>6}")
    for row in results:
        print(
            f"  {row['units']:>8}{row['listening_s']:>11.2f}{row['ready_s']:>10.2f}{row['pss_kb'] / 1024:>10.1f}{row['switches_per_s']:>12.2f}"
            f"{row['cpu_ms']:>9.0f}{row['looked_s']:>6}"
        )
