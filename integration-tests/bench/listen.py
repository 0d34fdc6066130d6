"""A listener handed over: the first activation, the steady state behind it, a rush on a cold unit, and what default settings let through."""

import os
import shutil
import socket
import statistics
import subprocess
import time

import peers
import server
from idle import free_ports

RUSH_CLIENTS = 5000
RUSH_DELAY_MILLIS = 500
# Clients at a time and in all; what systemd's and xinetd's default limits answer of them is said in docs/benchmarks.md.
DEFAULTS = (("600 by 16 clients", "each", 16, 600), ("300 at once", "each", 300, 300), ("60 activations in a row", "one", 1, 60))


class LimitListen(peers.Peer):
    name = "limit"

    def command(self, directory, port, program):
        return [self.tools["limit-listen"], str(port), *program]


class Activator(peers.Activator):
    def command(self, directory, port, program):
        units = os.path.join(directory, "units")
        os.makedirs(units)
        peers.write(units, "bench.socket", f"[Socket]\nListenStream=127.0.0.1:{port}\n")
        peers.write(units, "bench.service", f"[Service]\nExecStart={peers.quoted(program)}\n")
        return [
            self.tools["activator"], "run", "--units", units,
            "--runtime", os.path.join(directory, "run"), "--state", os.path.join(directory, "state"),
        ]


class Asked(Activator):
    """As another user, with limits, among so many other units."""

    others = 0

    def command(self, directory, port, program):
        command = super().command(directory, port, program)
        units = os.path.join(directory, "units")
        with open(os.path.join(units, "bench.service"), "a") as file:
            file.write("LimitNOFILE=4096\nLimitCORE=0\nUMask=0077\n" + ("User=nobody\n" if os.geteuid() == 0 else ""))
        for number, other in enumerate(free_ports(self.others)):
            peers.write(units, f"u{number}.socket", f"[Socket]\nListenStream=127.0.0.1:{other}\n")
            peers.write(units, f"u{number}.service", "[Service]\nExecStart=/bin/true\n")
        return command


class AskedAmongMany(Asked):
    others = 1000


def waiting(peer, file, each, all_of_them):
    """The same server, but its program gets the listener."""

    class Waiting(peer):
        def command(self, directory, port, program):
            command = super().command(directory, port, program)
            with open(os.path.join(directory, file)) as written:
                text = written.read().replace(each, all_of_them)
            peers.write(directory, file, text)
            return command

    return Waiting


def measure(tools, directory, quick, say):
    return [
        *first(tools, directory, quick, say), *asked(tools, directory, quick, say), *bare(tools, directory, quick, say), steady(tools, directory, quick, say),
        rush(tools, directory, say), *defaults(tools, directory, say),
    ]


def first(tools, directory, quick, say):
    """Each client starts the service, which serves it and ends. Where a server hands the listener over as standard input, as the inetds do, a copy is made of it."""
    once = [tools["serve"], "1"]
    script = peers.write(directory, "as-input", f'#!/bin/sh\nexec "{tools["serve"]}" 1 3<&0\n')
    os.chmod(script, 0o755)
    as_input = [script]
    running, rows = [], []
    try:
        for peer, program in ((LimitListen, once), (Activator, once), (waiting(peers.Xinetd, "xinetd.conf", "wait = no", "wait = yes"), as_input),
            (waiting(peers.OpenBsdInetd, "inetd.conf", "nowait.1000000", "wait.1000000"), as_input)):
            if peer.name not in ("limit", "activator") and not peers.which(peers.PROGRAMS[peer.name]):
                say(f"{peer.name} is not here, left out")
                continue
            running.append(peer(tools))
            running[-1].start(directory, program)
        very_first = peers.load(tools, running[1].port, 1, 1)["p50"]
        begun = [peers.load(tools, running[1].port, 1, 1)["p50"] for _ in range(9)]
        samples = {one.name: [] for one in running}
        for turn in range(3 if quick else 7):
            say(f"listen: first activation, round {turn + 1}")
            for one in running:
                samples[one.name].append(peers.load(tools, one.port, 1, 100))
        for name, taken in samples.items():
            rows.append({
                "workload": "listen", "what": "first", "peer": name,
                **{key: statistics.median(sample[key] for sample in taken) for key in ("p50", "p99")},
                "lost": sum(sample["lost"] for sample in taken),
            })
        rows.append({"workload": "listen", "what": "very first", "first_us": very_first, "tenth_us": begun[-1]})
        return rows
    finally:
        for one in running:
            one.stop()


def asked(tools, directory, quick, say):
    """The same with a user, limits and a mask set, alone and with 1,000 other units."""
    samples = {}
    running = {"limit": LimitListen(tools), "alone": Asked(tools), "among 1,000": AskedAmongMany(tools)}
    started = []
    try:
        for label, one in running.items():
            place = os.path.join(directory, "asked-" + label.replace(",", "").replace(" ", "-"))
            os.makedirs(place)
            # Another user has to reach the program.
            program = shutil.copy(tools["serve"], place)
            started.append(one)
            one.start(place, [program, "1"])
            samples[label] = []
        for path in (directory, *(os.path.join(directory, name) for name in os.listdir(directory) if name.startswith("asked-"))):
            os.chmod(path, 0o755)
        for turn in range(4 if quick else 8):
            say(f"listen: with a user and limits, round {turn + 1}")
            for label, one in running.items():
                taken = peers.load(tools, one.port, 1, 100)
                if turn > 0:
                    samples[label].append(taken)
        return [{
            "workload": "listen", "what": "asked", "label": label, "lost": sum(one["lost"] for one in taken),
            **{key: statistics.median(one[key] for one in taken) for key in ("p50", "p99")},
        } for label, taken in samples.items()]
    finally:
        for one in started:
            one.stop()


def bare(tools, directory, quick, say):
    """A Python service that is woken, and one that is started by hand: until its first client has an answer."""
    script = peers.write(directory, "service.py", "\n".join((
        "import http.server, json, socket, sys",
        "listener = socket.socket(fileno=3) if len(sys.argv) < 2 else socket.create_server(('127.0.0.1', int(sys.argv[1])))",
        "listener.setblocking(True)",
        "client = listener.accept()[0]",
        "client.sendall(b'ok\\n')",
        "client.close()",
    )) + "\n")
    python = shutil.which("python3")
    woken = Activator(tools)
    taken = {"woken": [], "bare": []}
    try:
        woken.start(directory, [python, script])
        for turn in range(7 if quick else 15):
            say(f"listen: Python, round {turn + 1}")
            taken["woken"].append(peers.load(tools, woken.port, 1, 1)["p50"])
            port = peers.free_port()
            begun = time.perf_counter()
            process = subprocess.Popen([python, script, str(port)])
            while process.poll() is None and not connects(port):
                pass
            process.wait()
            taken["bare"].append((time.perf_counter() - begun) * 1e6)
        return [{"workload": "listen", "what": "python", **{f"{key}_us": statistics.median(value) for key, value in taken.items()}}]
    finally:
        woken.stop()


def connects(port):
    try:
        with socket.create_connection(("127.0.0.1", port)) as client:
            return client.recv(10) != b""
    except ConnectionRefusedError:
        return False


def steady(tools, directory, quick, say):
    """A service that is up, behind us and with a port of its own."""
    behind = Activator(tools)
    port = peers.free_port()
    own = subprocess.Popen([tools["serve"], "0", "0", str(port)])
    rates = {"behind": [], "own": []}
    try:
        behind.start(directory, [tools["serve"], "0"])
        count = 5000 if quick else 20000
        for turn in range(3 if quick else 7):
            say(f"listen: steady, round {turn + 1}")
            rates["behind"].append(peers.load(tools, behind.port, 16, count)["rate"])
            rates["own"].append(peers.load(tools, port, 16, count)["rate"])
        return {"workload": "listen", "what": "steady", **{f"{key}_per_s": statistics.median(value) for key, value in rates.items()}}
    finally:
        peers.end(own)
        behind.stop()


def rush(tools, directory, say):
    say(f"listen: {RUSH_CLIENTS} clients at once")
    behind = Activator(tools)
    try:
        behind.start(directory, [tools["serve"], "0", str(RUSH_DELAY_MILLIS)])
        return {"workload": "listen", "what": "rush", "clients": RUSH_CLIENTS, **peers.load(tools, behind.port, RUSH_CLIENTS, RUSH_CLIENTS)}
    finally:
        behind.stop()


def defaults(tools, directory, say):
    """Nothing is set but the address and the program."""
    ports = dict(zip(("each", "one"), free_ports(2)))
    directory = os.path.join(directory, "defaults")
    os.makedirs(directory)
    process, _ = server.start(tools, directory, {
        "each.socket": f"[Socket]\nListenStream=127.0.0.1:{ports['each']}\nAccept=yes\n",
        "each@.service": f"[Service]\nExecStart={tools['tiny']}\nStandardInput=socket\n",
        "one.socket": f"[Socket]\nListenStream=127.0.0.1:{ports['one']}\n",
        "one.service": f"[Service]\nExecStart={tools['serve']} 1\n",
    })
    try:
        rows = []
        for label, unit, concurrency, count in DEFAULTS:
            say(f"listen: default settings, {label}")
            rows.append({"workload": "listen", "what": "defaults", "label": label, "count": count,
                         **peers.load(tools, ports[unit], concurrency, count)})
        return rows
    finally:
        peers.end(process)


def print_table(rows):
    taken = [row for row in rows if row["what"] == "first"]
    limit = next(row for row in taken if row["peer"] == "limit")
    print("\nThe listener handed over, a service that serves one client: connect to end of answer")
    print(f"  {'':<24}{'p50 us':>10}{'x limit':>9}{'p99 us':>10}{'lost':>6}")
    for row in taken:
        print(f"  {row['peer']:<24}{row['p50']:>10.0f}{row['p50'] / limit['p50']:>9.2f}{row['p99']:>10.0f}{row['lost']:>6}")
    ours = next(row for row in taken if row["peer"] == "activator")
    say_whether("at most 1.4 x the limit", ours["p50"] / limit["p50"], lambda seen: seen <= 1.4)
    begun = only(rows, "very first")
    print(f"  the very first {begun['first_us']:.0f} us, the tenth {begun['tenth_us']:.0f} us")
    say_whether("at most twice the tenth", begun["first_us"] / begun["tenth_us"], lambda seen: seen <= 2)
    asked_for = {row["label"]: row for row in rows if row["what"] == "asked"}
    print("\nThe same with User=, limits and a mask")
    print(f"  {'':<24}{'p50 us':>10}{'x limit':>9}{'p99 us':>10}{'lost':>6}")
    for label, row in asked_for.items():
        print(f"  {label:<24}{row['p50']:>10.0f}{row['p50'] / asked_for['limit']['p50']:>9.2f}{row['p99']:>10.0f}{row['lost']:>6}")
    say_whether("at most 2.5 x the limit", asked_for["alone"]["p50"] / asked_for["limit"]["p50"], lambda seen: seen <= 2.5)
    say_whether("the same among 1,000 units", asked_for["among 1,000"]["p50"] / asked_for["alone"]["p50"], lambda seen: seen <= 1.1)
    python = only(rows, "python")
    print(f"\nA Python service's first answer: woken {python['woken_us'] / 1000:.1f} ms, started by hand {python['bare_us'] / 1000:.1f} ms")
    say_whether("1.0", python["woken_us"] / python["bare_us"], lambda seen: seen <= 1.05)
    calm = only(rows, "steady")
    print(f"\nSteady state, 16 at a time: {calm['behind_per_s']:.0f} a second behind us, {calm['own_per_s']:.0f} with a port of its own")
    say_whether("1.0", calm["behind_per_s"] / calm["own_per_s"], lambda seen: seen >= 0.95)
    many = only(rows, "rush")
    print(f"\n{many['clients']} clients at once on a cold unit that needs {RUSH_DELAY_MILLIS} ms: p50 {many['p50'] / 1000:.0f} ms, p99 {many['p99'] / 1000:.0f} ms")
    say_whether("none lost", many["lost"], lambda seen: seen == 0)
    print("\nDefault settings")
    for row in (row for row in rows if row["what"] == "defaults"):
        print(f"  {row['label']:<28}{row['count'] - row['lost']:>6} of {row['count']} answered")
    say_whether("none lost", sum(row["lost"] for row in rows if row["what"] == "defaults"), lambda seen: seen == 0)


def only(rows, what):
    return next(row for row in rows if row["what"] == what)


def say_whether(wanted, seen, holds):
    shown = f"{seen:.2f}" if isinstance(seen, float) else seen
    print(f"  wanted: {wanted}; seen: {shown}, {'met' if holds(seen) else 'NOT met'}")
