"""What it costs to look at 200 running services, and at the same ones once they sleep."""

import os
import sys
import time

import idle
import peers
import server
from verdicts import judge

COUNT = 200
SETTLE_SECONDS = 60
MOST_SHARE = 0.005
MOST_SWITCHES = 1

SERVICE = """
import socket
listener = socket.socket(fileno=3)
while True:
    client, _ = listener.accept()
    client.sendall(b"ok\\n")
    client.close()
"""


def measure(tools, directory, quick, say):
    say(f"awake: {COUNT} Python services, all running, for {SETTLE_SECONDS + (60 if quick else 120)} s")
    os.makedirs(directory)
    program = os.path.join(directory, "service.py")
    with open(program, "w") as file:
        file.write(SERVICE)
    files = {}
    for number, port in enumerate(idle.free_ports(COUNT)):
        files[f"p{number}.socket"] = f"[Socket]\nListenStream=127.0.0.1:{port}\n"
        files[f"p{number}.service"] = (
            f"[Service]\nExecStart={sys.executable} -S -E {program}\n[X-Activator]\nIdleTimeoutSec=1h\n"
        )
    process, control = server.start(tools, directory, files)
    try:
        order_all(control, "start")
        # Services are looked at often at first, and the compiler is busy.
        time.sleep(SETTLE_SECONDS)
        awake = cpu(process.pid, 60 if quick else 120)
        memory = idle.pss_kb(process.pid)
        order_all(control, "stop")
        asleep = idle.look(process.pid, 10 if quick else 30)
        return [{"workload": "awake", "services": COUNT, "share": awake, "pss_kb": memory, "asleep": asleep}]
    finally:
        peers.end(process)


def order_all(control, verb):
    for number in range(COUNT):
        control.post(f"/v1/units/p{number}.service/{verb}")


def cpu(pid, seconds):
    """The share of one processor that the whole super-server takes."""
    before, began = idle.cpu_ticks(pid), time.monotonic()
    time.sleep(seconds)
    return (idle.cpu_ticks(pid) - before) / os.sysconf("SC_CLK_TCK") / (time.monotonic() - began)


def print_table(results):
    for row in results:
        asleep = row["asleep"]
        print(f"\nLooking at {row['services']} running services")
        print(f"  {'':<12}{'of a core':>12}{'switches/s':>12}{'PSS MB':>10}")
        print(f"  {'all running':<12}{100 * row['share']:>10.2f} %{'':>12}{row['pss_kb'] / 1024:>10.1f}")
        share = asleep["cpu_ms"] / 1000 / asleep["looked_s"]
        print(f"  {'all asleep':<12}{100 * share:>10.2f} %{asleep['switches_per_s']:>12.2f}{asleep['pss_kb'] / 1024:>10.1f}")
        judge(f"{row['services']} services running: below {100 * MOST_SHARE} % of a core", row["share"], row["share"] < MOST_SHARE, f"{100 * row['share']:.2f} %")
        judge(f"all asleep: below {MOST_SWITCHES} voluntary context switch a second", asleep["switches_per_s"], asleep["switches_per_s"] < MOST_SWITCHES)
