"""A process for each connection, at several numbers of clients at a time."""

import statistics

import peers
import systemd
from verdicts import judge

PEERS = [peers.Limit, peers.Owed, peers.Activator, systemd.Systemd, peers.TcpServer, peers.TcpSvd, peers.Xinetd, peers.OpenBsdInetd, peers.SocketActivate]
CONCURRENCIES = [1, 4, 16, 64]
# What cat is sent, and gives back.
CAT_BYTES = 1000
MOST_LATENCY, LEAST_RATE = 1.6, 1.0
# Each turn of a server lasts about so long, as many connections as that may be; what it takes for that is seen in a first turn that does not count.
TURN_SECONDS = 1.0
QUICK_TURN_SECONDS = 0.4
FIRST, FEWEST, MOST = 100, 100, 4000


def programs(tools):
    """Each with the bytes that its client sends; one that is sent none says ok."""
    # The inetds take words apart at blanks and know no quotes.
    return {"tiny": ([tools["tiny"]], 0), "cat": (["/bin/cat"], CAT_BYTES), "sh": (["/bin/sh", "-c", "echo${IFS}ok"], 0)}


def measure(tools, directory, names, install, quick, say):
    """Rounds of A B C A B C, each round all numbers of clients."""
    classes = peers.present(PEERS, names, install, directory, say)
    results = []
    for label, (program, size) in programs(tools).items():
        running = []
        try:
            for peer in classes:
                server = peer(tools)
                try:
                    server.start(directory, program)
                    running.append(server)
                except RuntimeError as failure:
                    say(f"{failure}, left out")
            results += rounds(running, label, size, quick, say)
        finally:
            for server in running:
                server.stop()
    return results


def rounds(running, label, size, quick, say):
    seconds, number = (QUICK_TURN_SECONDS, 3) if quick else (TURN_SECONDS, 7)
    say(f"spawn {label}: how quick each is")
    counts = {
        (server.name, c): round(min(MOST, max(FEWEST, server.load(c, FIRST, size)["rate"] * seconds)))
        for server in running for c in CONCURRENCIES
    }
    samples = {key: [] for key in counts}
    for turn in range(number):
        say(f"spawn {label}: round {turn + 1} of {number}")
        for concurrency in CONCURRENCIES:
            for server in running:
                samples[server.name, concurrency].append(server.load(concurrency, counts[server.name, concurrency], size))
    return [
        {
            "workload": "spawn", "program": label, "peer": name, "concurrency": concurrency,
            **{key: statistics.median(sample[key] for sample in taken) for key in ("p50", "p99", "rate")},
            "lost": sum(sample["lost"] for sample in taken),
        }
        for (name, concurrency), taken in samples.items()
    ]


def print_table(results):
    for label in dict.fromkeys(result["program"] for result in results):
        for concurrency in CONCURRENCIES:
            rows = {row["peer"]: row for row in results if row["program"] == label and row["concurrency"] == concurrency}
            limit = rows.get("limit")
            if not limit:
                print(f"\n{label}, {concurrency} at a time: no ratios, since the yardstick did not start")
                continue
            print(f"\nA process per connection, {label}, {concurrency} at a time")
            print(f"  {'':<24}{'p50 us':>10}{'x limit':>9}{'p99 us':>10}{'per s':>9}{'of limit':>10}{'lost':>6}")
            for name, row in rows.items():
                print(
                    f"  {name:<24}{row['p50']:>10.0f}{row['p50'] / limit['p50']:>9.2f}{row['p99']:>10.0f}"
                    f"{row['rate']:>9.0f}{row['rate'] / limit['rate']:>10.2f}{row['lost']:>6}"
                )
            if label == "tiny" and "activator" in rows:
                judge_tiny(concurrency, rows["activator"], limit)


def judge_tiny(concurrency, own, limit):
    if concurrency == 1:
        seen = own["p50"] / limit["p50"]
        judge(f"a process per connection, tiny, 1 at a time: at most {MOST_LATENCY} x the limit's latency", seen, seen <= MOST_LATENCY)
    elif concurrency == 64:
        seen = own["rate"] / limit["rate"]
        judge(f"a process per connection, tiny, 64 at a time: at least {LEAST_RATE} of the limit's rate", seen, seen >= LEAST_RATE)
