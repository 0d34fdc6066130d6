"""Reading the units again, one removed and one added, while clients come."""

import os
import statistics
import subprocess
import threading
import time

import peers
import server
from idle import free_ports

ROUNDS = 9


def measure(tools, directory, count, quick, say):
    directory = os.path.join(directory, f"reload-{count}")
    os.makedirs(directory)
    ports = free_ports(count + ROUNDS + 1)
    files = {}
    for number in range(count):
        files.update(pair(number, ports[number], "/bin/true"))
    files.update(pair("served", ports[count], f"{tools['serve']} 0"))
    process, control = server.start(tools, directory, files)
    units = os.path.join(directory, "units")
    taken, busy, calm = [], [], []
    try:
        peers.load(tools, ports[count], 1, 200)
        for turn in range(3 if quick else ROUNDS):
            say(f"reload: {count} units, round {turn + 1}")
            calm.append(peers.load(tools, ports[count], 4, 2000))
            for name in pair(turn, 0, ""):
                os.remove(os.path.join(units, name))
            for name, text in pair(f"new{turn}", ports[count + 1 + turn], "/bin/true").items():
                peers.write(units, name, text)
            during = threading.Thread(target=lambda: busy.append(peers.load(tools, ports[count], 4, 2000)))
            during.start()
            begun = time.perf_counter()
            control.post("/v1/daemon-reload")
            taken.append(time.perf_counter() - begun)
            during.join()
            listening = peers.listening_ports()
            if ports[turn] in listening or ports[count + 1 + turn] not in listening:
                raise RuntimeError("the reload did not take place")
        return {
            "workload": "reload", "units": count, "reload_ms": statistics.median(taken) * 1000, "worst_ms": max(taken) * 1000,
            "calm_p50_us": statistics.median(one["p50"] for one in calm),
            "busy_p50_us": statistics.median(one["p50"] for one in busy), "lost": sum(one["lost"] for one in busy),
        }
    finally:
        peers.end(process)


def pair(name, port, program):
    return {
        f"u{name}.socket": f"[Socket]\nListenStream=127.0.0.1:{port}\n",
        f"u{name}.service": f"[Service]\nExecStart={program}\n",
    }


def print_table(row):
    print(f"\nReading {row['units']} units again, one gone and one new, under load")
    print(f"  {row['reload_ms']:.0f} ms (worst {row['worst_ms']:.0f}), {row['lost']} clients lost, their p50 {row['busy_p50_us']:.0f} us, without a reload {row['calm_p50_us']:.0f} us")
    met = row["reload_ms"] <= 50 and row["lost"] == 0 and row["busy_p50_us"] <= 2 * row["calm_p50_us"]
    print(f"  wanted: at most 50 ms, none lost, p50 not doubled; {'met' if met else 'NOT met'}")
