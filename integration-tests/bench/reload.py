"""Reading the units again, one removed and one added, while clients come."""

import os
import statistics
import threading
import time

import peers
import server
import systemd
from idle import SocketTable, free_ports
from verdicts import judge

UNITS = 1000
ROUNDS = 9
MOST_MS = 50


class Ours:
    name = "activator"

    def __init__(self, tools, directory, files, ports):
        self.tools, self.units = tools, os.path.join(directory, "units")
        self.process, self.control = server.start(tools, directory, files)

    def declare(self, name, text):
        peers.write(self.units, name, text)

    def withdraw(self, name):
        os.remove(os.path.join(self.units, name))

    def reload(self):
        self.control.post("/v1/daemon-reload")

    def check(self, gone, new):
        listening = peers.listening_ports()
        if gone in listening or new not in listening:
            raise RuntimeError("the reload did not take place")

    def load(self, port, concurrency, count):
        return peers.load(self.tools, port, concurrency, count)

    def stop(self):
        peers.end(self.process)


class OfSystemd:
    """It reads the files, but leaves a socket that is no longer declared open, and a new one closed until it is started."""

    name = "systemd"

    def __init__(self, tools, directory, files, ports):
        self.tools = tools
        self.manager = systemd.Manager(directory, files)
        SocketTable(self.manager.sockets).await_listening(ports, lambda: False)

    def declare(self, name, text):
        self.manager.declare(name, text)

    def withdraw(self, name):
        self.manager.withdraw(name)

    def reload(self):
        self.manager.systemctl("daemon-reload")

    def check(self, gone, new):
        pass

    def load(self, port, concurrency, count):
        return peers.load(self.tools, port, concurrency, count, inside=self.manager.inside)

    def stop(self):
        self.manager.stop()


def measure(tools, directory, quick, say):
    count = UNITS
    rows = [rounds(Ours, tools, os.path.join(directory, Ours.name), count, quick, say)]
    if systemd.missing():
        say(f"systemd is left out: {systemd.missing()}")
    else:
        rows.append(rounds(OfSystemd, tools, os.path.join(directory, OfSystemd.name), count, quick, say))
    return rows


def rounds(kind, tools, directory, count, quick, say):
    os.makedirs(directory)
    ports = free_ports(count + ROUNDS + 1)
    files = {}
    for number in range(count):
        files.update(pair(number, ports[number], "/bin/true"))
    files.update(pair("served", ports[count], f"{tools['serve']} 0"))
    running = kind(tools, directory, files, ports[: count + 1])
    taken, busy, calm = [], [], []
    try:
        running.load(ports[count], 1, 200)
        for turn in range(3 if quick else ROUNDS):
            say(f"reload: {count} units, {running.name}, round {turn + 1}")
            calm.append(running.load(ports[count], 4, 2000))
            for name in pair(turn, 0, ""):
                running.withdraw(name)
            for name, text in pair(f"new{turn}", ports[count + 1 + turn], "/bin/true").items():
                running.declare(name, text)
            during = threading.Thread(target=lambda: busy.append(running.load(ports[count], 4, 2000)))
            during.start()
            begun = time.perf_counter()
            running.reload()
            taken.append(time.perf_counter() - begun)
            during.join()
            running.check(ports[turn], ports[count + 1 + turn])
        return {
            "workload": "reload", "peer": running.name, "units": count, "reload_ms": statistics.median(taken) * 1000, "worst_ms": max(taken) * 1000,
            "calm_p50_us": statistics.median(one["p50"] for one in calm),
            "busy_p50_us": statistics.median(one["p50"] for one in busy), "lost": sum(one["lost"] for one in busy),
        }
    finally:
        running.stop()


def pair(name, port, program):
    return {
        f"u{name}.socket": f"[Socket]\nListenStream=127.0.0.1:{port}\n",
        f"u{name}.service": f"[Service]\nExecStart={program}\n",
    }


def print_table(rows):
    print(f"\nReading {rows[0]['units']} units again, one gone and one new, under load")
    print(f"  {'':<12}{'median ms':>11}{'worst ms':>10}{'clients p50 us':>16}{'without a reload':>18}{'lost':>6}")
    for row in rows:
        print(f"  {row['peer']:<12}{row['reload_ms']:>11.0f}{row['worst_ms']:>10.0f}{row['busy_p50_us']:>16.0f}{row['calm_p50_us']:>18.0f}{row['lost']:>6}")
    own = rows[0]
    judge(f"reading {own['units']:,} units again takes at most {MOST_MS} ms", own["reload_ms"], own["reload_ms"] <= MOST_MS, f"{own['reload_ms']:.0f} ms")
    judge("none lost meanwhile", own["lost"], own["lost"] == 0)
    slower = own["busy_p50_us"] / own["calm_p50_us"]
    judge("their p50 is not doubled", slower, slower <= 2, f"{slower:.2f} x")
