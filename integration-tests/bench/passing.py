"""Connections that are accepted here and passed to a running Java service, against a Java service that accepts by itself."""

import os
import statistics

import peers
import server
from idle import free_ports
from verdicts import judge

CONCURRENCY = 64
COUNT = 20_000
# A process is as fast as its compilers and its processor happened to make it, so all are started anew for each sitting.
SITTINGS = 4
ROUNDS = 8
WAYS = ("accept", "pass")


def measure(tools, directory, quick, say):
    os.makedirs(directory)
    program, classes = server.compiled(directory, "Accepting.java")
    command = f"{program} --add-opens=java.base/sun.nio.ch=ALL-UNNAMED -XX:+UseSerialGC -Xmx64m -cp {classes} Accepting"
    sittings = 1 if quick else SITTINGS
    rounds = []
    for number in range(1, sittings + 1):
        rounds += sit(tools, os.path.join(directory, f"sitting{number}"), command,
                      lambda turn: say(f"passing: sitting {number} of {sittings}, round {turn} of {ROUNDS}"))
    return [{
        "workload": "passing",
        "rounds": len(rounds),
        "lost": sum(samples[way]["lost"] for samples in rounds for way in WAYS),
        "ratio": statistics.median(ratios(rounds)),
        "quartiles": statistics.quantiles(ratios(rounds), n=4),
        **{f"{way}_{key}": statistics.median(samples[way][key] for samples in rounds)
           for way in WAYS for key in ("rate", "p50", "p99")},
    }]


def ratios(rounds):
    """Each of two that were measured right after each other: what else the machine does meets both."""
    return [samples["pass"]["rate"] / samples["accept"]["rate"] for samples in rounds]


def sit(tools, directory, command, say):
    """The rounds of one start of all processes, but for the first two, in which their compilers catch up."""
    os.makedirs(directory)
    ports = dict(zip(WAYS, free_ports(2)))
    files = {}
    for way, port in ports.items():
        files[f"{way}.socket"] = f"[Socket]\nListenStream=127.0.0.1:{port}\n" + ("\n[X-Activator]\nHandoff=pass\n" if way == "pass" else "")
        files[f"{way}.service"] = f"[Service]\nExecStart={command} {way}\nSuccessExitStatus=143\n"
    process, _ = server.start(tools, directory, files)
    try:
        rounds = []
        for turn in range(-1, ROUNDS + 1):
            say(max(turn, 0))
            rounds.append({way: peers.load(tools, port, CONCURRENCY, COUNT) for way, port in ports.items()})
        return rounds[2:]
    finally:
        peers.end(process)


def print_table(results):
    seen = results[0]
    print(f"\nA Java service that is passed its connections, {CONCURRENCY} at a time, beside one that accepts them itself; {seen['rounds']} rounds")
    for way in WAYS:
        print(f"  {way:<8}{seen[way + '_rate']:>9.0f} a second, p50 {seen[way + '_p50']:.0f} us, p99 {seen[way + '_p99']:.0f} us")
    low, _, high = seen["quartiles"]
    print(f"  half of the rounds saw {low:.2f} to {high:.2f}; {seen['lost']} lost")
    judge("passed connections: at least 0.8 of the rate of accepting itself", seen["ratio"], seen["ratio"] >= 0.8)
