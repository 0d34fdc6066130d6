"""A listener handed over: the first activation, the steady state behind it, a rush on a cold unit, and what default settings let through."""

import os
import shutil
import statistics
import subprocess
import sys
import time

import peers
import server
import sleep
import systemd
from idle import free_ports
from verdicts import judge

RUSH_CLIENTS = 5000
RUSH_DELAY_MILLIS = 500
PAUSE_SECONDS = 0.2
STEADY_CLIENTS = 4000
# What is so near to it is the same.
SAME = 0.05
# Clients at a time and in all, and whether the listener is handed over.
DEFAULTS = (("600 by 16 clients", False, 16, 600), ("300 at once", False, 300, 300), ("60 activations in a row", True, 1, 60))
PEERS = [peers.Limit, peers.Activator, systemd.Systemd, peers.Xinetd, peers.OpenBsdInetd]
WITH_DEFAULTS = [peers.Activator, systemd.Systemd, peers.TcpServer, peers.TcpSvd, peers.Xinetd, peers.OpenBsdInetd]


def asked_lines():
    return "LimitNOFILE=4096\nLimitCORE=0\nUMask=0077\n" + ("User=nobody\n" if os.geteuid() == 0 else "")


class Asked(peers.Activator):
    """As another user, with limits, among so many other units."""

    others = 0

    def files(self, port, program):
        files = super().files(port, program)
        files["bench.service"] += asked_lines()
        for number, other in enumerate(free_ports(self.others)):
            files[f"u{number}.socket"] = f"[Socket]\nListenStream=127.0.0.1:{other}\n"
            files[f"u{number}.service"] = "[Service]\nExecStart=/bin/true\n"
        return files


class AskedAmongMany(Asked):
    others = 1000


class AskedOfSystemd(systemd.Systemd):
    def files(self, port, program):
        files = super().files(port, program)
        files["bench.service"] += "[Service]\n" + asked_lines()
        return files


def measure(tools, directory, names, install, quick, say):
    """`names` of peers, all where there are none."""
    every = peers.present(list(dict.fromkeys([*PEERS, *WITH_DEFAULTS])), names, install, directory, say)
    handing = [peer for peer in PEERS if peer in every]
    with_defaults = [peer for peer in WITH_DEFAULTS if peer in every]
    has_systemd = systemd.Systemd in every
    return [
        *begun(tools, directory, quick, say), *first(tools, directory, handing, quick, say), *asked(tools, directory, has_systemd, quick, say),
        *bare(tools, directory, quick, say), *steady(tools, directory, quick, say), *rush(tools, directory, has_systemd, say),
        *defaults(tools, directory, with_defaults, say),
    ]


def begun(tools, directory, quick, say):
    """The very first activations of several super-servers, each started for it."""
    firsts, tenths = [], []
    starts = 3 if quick else 7
    for turn in range(starts):
        say(f"listen: the very first activation, start {turn + 1} of {starts}")
        one = peers.Activator(tools, handed=True)
        try:
            one.start(directory, [tools["serve"], "1"])
            taken = [one.load(1, 1)["p50"] for _ in range(10)]
        finally:
            one.stop()
        firsts.append(taken[0])
        tenths.append(taken[9])
    return [{"workload": "listen", "what": "very first", "starts": starts, "first_us": statistics.median(firsts), "worst_first_us": max(firsts),
             "tenth_us": statistics.median(tenths)}]


def first(tools, directory, classes, quick, say):
    """Each client starts the service, which serves it and ends."""
    running, samples = [], {}
    try:
        for peer in classes:
            one = peer(tools, handed=True)
            try:
                one.start(directory, [tools["serve"], "1"])
                running.append(one)
            except RuntimeError as failure:
                say(f"{failure}, left out")
        for turn in range(3 if quick else 7):
            say(f"listen: first activation, round {turn + 1}")
            for one in running:
                samples.setdefault(one.name, []).append(one.load(1, 100))
        return [{"workload": "listen", "what": "first", "peer": name, **middle(taken)} for name, taken in samples.items()]
    finally:
        for one in running:
            one.stop()


def middle(taken):
    """The medians of several rounds, and all that were lost."""
    return {**{key: statistics.median(one[key] for one in taken) for key in ("p50", "p99", "rate")}, "lost": sum(one["lost"] for one in taken)}


def asked(tools, directory, has_systemd, quick, say):
    """The same with a user, limits and a mask set, alone and with 1,000 other units."""
    running = {"limit": peers.Limit(tools, handed=True), "activator": Asked(tools, handed=True), "among 1,000 units": AskedAmongMany(tools, handed=True)}
    if has_systemd:
        running["systemd"] = AskedOfSystemd(tools, handed=True)
    samples, started = {}, []
    try:
        for label, one in running.items():
            place = os.path.join(directory, "asked-" + label.replace(",", "").replace(" ", "-"))
            os.makedirs(place)
            # Another user has to reach the program.
            program = shutil.copy(tools["serve"], place)
            for path in (directory, place):
                os.chmod(path, 0o755)
            started.append(one)
            one.start(place, [program, "1"])
            samples[label] = []
        for turn in range(4 if quick else 8):
            say(f"listen: with a user and limits, round {turn + 1}")
            for label, one in running.items():
                taken = one.load(1, 100)
                if turn > 0:
                    samples[label].append(taken)
        return [{"workload": "listen", "what": "asked", "peer": label, **middle(taken)} for label, taken in samples.items()]
    finally:
        for one in started:
            one.stop()


def bare(tools, directory, quick, say):
    """Services that take longer to start than anybody to start them: woken by us, and by nothing but poll, vfork and exec. By turns."""
    rounds = 7 if quick else 15
    script = peers.write(directory, "service.py", "\n".join((
        "import http.server, json, socket",
        "listener = socket.socket(fileno=3)",
        "listener.setblocking(True)",
        "client = listener.accept()[0]",
        "client.sendall(b'ok\\n')",
        "client.close()",
    )) + "\n")
    python = [sys.executable, script]
    place = os.path.join(directory, "jvm")
    os.makedirs(place)
    java, classes = server.compiled(place, "Service.java")
    jvm = [java, "-cp", classes, "Service", "once"]
    answers = {"Python": lambda one: one.load(1, 1)["p50"], "JVM": lambda one: sleep.first_answer(one.port) * 1e6}
    rows = []
    for kind, program in (("Python", python), ("JVM", jvm)):
        running = {"woken": peers.Activator(tools, handed=True), "bare": peers.Limit(tools, handed=True)}
        taken = {key: [] for key in running}
        try:
            for one in running.values():
                one.start(directory, program)
            for turn in range(-1, rounds):
                say(f"listen: a {kind} service, round {turn + 1} of {rounds}")
                for key, one in running.items():
                    # What the one before leaves to do, this one does not wait for.
                    time.sleep(PAUSE_SECONDS)
                    answered = answers[kind](one)
                    if turn >= 0:
                        taken[key].append(answered)
            rows.append({"workload": "listen", "what": "bare", "kind": kind, **{f"{key}_us": statistics.median(each) for key, each in taken.items()}})
        finally:
            for one in running.values():
                one.stop()
    return rows


def steady(tools, directory, quick, say):
    """A service that is up, behind us and with a port of its own."""
    behind = peers.Activator(tools, handed=True)
    port = peers.free_port()
    own = subprocess.Popen([tools["serve"], "0", "0", str(port)])
    rates = {"behind": [], "own": []}
    try:
        behind.start(directory, [tools["serve"], "0"])
        say("listen: steady state")
        # A turn's rate depends on which process meets which processor, so there are many short ones, and each goes first as often.
        for turn in range(-2, 12 if quick else 40):
            for key in ("behind", "own") if turn % 2 else ("own", "behind"):
                rate = peers.load(tools, behind.port if key == "behind" else port, 16, STEADY_CLIENTS)["rate"]
                if turn >= 0:
                    rates[key].append(rate)
        return [{"workload": "listen", "what": "steady", **{f"{key}_per_s": statistics.median(value) for key, value in rates.items()}}]
    finally:
        peers.end(own)
        behind.stop()


def rush(tools, directory, has_systemd, say):
    rows = []
    for peer in (peers.Activator, *([systemd.Systemd] if has_systemd else [])):
        say(f"listen: {RUSH_CLIENTS} clients at once, {peer.name}")
        behind = peer(tools, handed=True)
        try:
            behind.start(directory, [tools["serve"], "0", str(RUSH_DELAY_MILLIS)])
            rows.append({"workload": "listen", "what": "rush", "peer": peer.name, "clients": RUSH_CLIENTS, **behind.load(RUSH_CLIENTS, RUSH_CLIENTS)})
        finally:
            behind.stop()
    return rows


def defaults(tools, directory, classes, say):
    """Nothing is set but the address and the program; each server is started anew for each, so that none suffers from what it did before."""
    rows = []
    for label, handed, concurrency, count in DEFAULTS:
        for peer in classes:
            if handed and not peer.hands_over:
                continue
            say(f"listen: default settings, {label}, {peer.name}")
            one = peer(tools, handed=handed, lifted=False)
            try:
                one.start(directory, [tools["serve"], "1"] if handed else [tools["tiny"]])
                rows.append({"workload": "listen", "what": "defaults", "label": label, "peer": peer.name, "count": count, **one.load(concurrency, count)})
            except RuntimeError as failure:
                say(f"{failure}, left out")
            finally:
                one.stop()
    return rows


def print_table(rows):
    print_activations(rows, "first", "The listener handed over, a service that serves one client: connect to end of answer",
                      "first activation, listener handed over: at most 1.4 x the limit's latency", 1.4)
    begin = only(rows, "very first")
    print(f"\nThe very first {begin['first_us']:.0f} us (worst {begin['worst_first_us']:.0f}), the tenth {begin['tenth_us']:.0f} us; medians of {begin['starts']} starts")
    judge("the very first activation: at most 2 x the tenth", begin["first_us"] / begin["tenth_us"], begin["first_us"] <= 2 * begin["tenth_us"])
    for row in (row for row in rows if row["what"] == "bare"):
        print(f"\nA {row['kind']} service's first answer: woken by us {row['woken_us'] / 1000:.1f} ms, a bare start {row['bare_us'] / 1000:.1f} ms")
        ratio = row["woken_us"] / row["bare_us"]
        judge(f"a {row['kind']} service's first answer: 1.0 of a bare start", ratio, ratio <= 1 + SAME)
    several = print_activations(rows, "asked", "The same with User=, limits, a mask and LISTEN_FDS",
                                "with User=, limits and LISTEN_FDS: at most 2.5 x the limit's latency", 2.5)
    among = several["among 1,000 units"]["p50"] / several["activator"]["p50"]
    judge("the same with 1,000 units as with one (at most 1.1 x)", among, among <= 1.1)
    calm = only(rows, "steady")
    ratio = calm["behind_per_s"] / calm["own_per_s"]
    print(f"\nSteady state, 16 at a time: {calm['behind_per_s']:.0f} a second behind us, {calm['own_per_s']:.0f} with a port of its own")
    judge("steady state: 1.0 of the rate with a port of its own", ratio, ratio >= 1 - SAME)
    print(f"\n{RUSH_CLIENTS:,} clients at once on a cold unit that needs {RUSH_DELAY_MILLIS} ms")
    for row in (row for row in rows if row["what"] == "rush"):
        print(f"  {row['peer']:<24}p50 {row['p50'] / 1000:.0f} ms, p99 {row['p99'] / 1000:.0f} ms, {row['lost']} lost")
    lost = only(rows, "rush")["lost"]
    judge(f"a burst of {RUSH_CLIENTS:,} on a cold unit: none failed", lost, lost == 0)
    print_defaults([row for row in rows if row["what"] == "defaults"])


def print_activations(rows, what, title, wanted, most):
    taken = {row["peer"]: row for row in rows if row["what"] == what}
    limit = taken["limit"]["p50"]
    print(f"\n{title}")
    print(f"  {'':<24}{'p50 us':>10}{'x limit':>9}{'p99 us':>10}{'lost':>6}")
    for name, row in taken.items():
        print(f"  {name:<24}{row['p50']:>10.0f}{row['p50'] / limit:>9.2f}{row['p99']:>10.0f}{row['lost']:>6}")
    seen = taken["activator"]["p50"] / limit
    judge(wanted, seen, seen <= most)
    return taken


def print_defaults(rows):
    labels = list(dict.fromkeys(row["label"] for row in rows))
    print("\nDefault settings: answered")
    print(f"  {'':<24}" + "".join(f"{label:>26}" for label in labels))
    for peer in dict.fromkeys(row["peer"] for row in rows):
        seen = {row["label"]: row["count"] - row["lost"] for row in rows if row["peer"] == peer}
        print(f"  {peer:<24}" + "".join(f"{seen.get(label, '-'):>26}" for label in labels))
    lost = sum(row["lost"] for row in rows if row["peer"] == "activator")
    judge("with default settings all are answered", lost, lost == 0, f"{lost} lost")


def only(rows, what):
    return next(row for row in rows if row["what"] == what)
