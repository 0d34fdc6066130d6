"""What a super-server costs that nobody connects to: start, memory, wakeups and processor time by the number of units."""

import os
import shutil
import socket
import subprocess
import time

SETTLE_SECONDS = 10


def measure(tools, directory, count, quick, say):
    say(f"idle: {count} units")
    directory = os.path.join(directory, f"idle-{count}")
    units = os.path.join(directory, "units")
    os.makedirs(units)
    for number, port in enumerate(free_ports(count)):
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
        os.read(read, 4096)
        ready = time.monotonic() - begun
        return {"workload": "idle", "units": count, "ready_s": ready, **look(process.pid, 5 if quick else 30)}
    finally:
        os.close(read)
        process.terminate()
        process.wait(30)
        shutil.rmtree(directory, ignore_errors=True)


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
    print(f"  {'units':>8}{'ready s':>10}{'PSS MB':>10}{'switches/s':>12}{'CPU ms':>9}{'in s':>6}")
    for row in results:
        print(
            f"  {row['units']:>8}{row['ready_s']:>10.2f}{row['pss_kb'] / 1024:>10.1f}{row['switches_per_s']:>12.2f}"
            f"{row['cpu_ms']:>9.0f}{row['looked_s']:>6}"
        )
