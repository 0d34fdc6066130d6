"""Connections that are accepted here and passed to a running Java service, against a Java service that accepts by itself."""

import os
import statistics

import peers
import server
from idle import free_ports

ROUNDS = 9
CONCURRENCY = 64


def measure(tools, directory, quick, say):
    os.makedirs(directory)
    program, classes = server.compiled(directory, "Accepting.java")
    command = f"{program} --add-opens=java.base/sun.nio.ch=ALL-UNNAMED -XX:+UseSerialGC -Xmx64m -cp {classes} Accepting"
    ports = dict(zip(("accept", "pass"), free_ports(2)))
    files = {}
    for way, port in ports.items():
        files[f"{way}.socket"] = f"[Socket]\nListenStream=127.0.0.1:{port}\n" + ("\n[X-Activator]\nHandoff=pass\n" if way == "pass" else "")
        files[f"{way}.service"] = f"[Service]\nExecStart={command} {way}\nSuccessExitStatus=143\n"
    process, _ = server.start(tools, directory, files)
    taken = {way: [] for way in ports}
    lost = 0
    try:
        count = 20_000 if quick else 50_000
        rounds = 5 if quick else ROUNDS
        # The first round has the compilers catch up.
        for turn in range(rounds + 1):
            say(f"passing: round {turn} of {rounds}")
            for way, port in ports.items():
                sample = peers.load(tools, port, CONCURRENCY, count)
                lost += sample["lost"]
                if turn > 0:
                    taken[way].append(sample)
        return [{
            "workload": "passing", "lost": lost,
            **{f"{way}_{key}": statistics.median(sample[key] for sample in samples)
               for way, samples in taken.items() for key in ("rate", "p50", "p99")},
        }]
    finally:
        peers.end(process)


def print_table(results):
    seen = results[0]
    print(f"\nA Java service that is passed its connections, {CONCURRENCY} at a time, beside one that accepts them itself")
    for way in ("accept", "pass"):
        print(f"  {way:<8}{seen[way + '_rate']:>9.0f} a second, p50 {seen[way + '_p50']:.0f} us, p99 {seen[way + '_p99']:.0f} us")
    ratio = seen["pass_rate"] / seen["accept_rate"]
    print(f"  wanted: at least 0.8 of its rate; seen: {ratio:.2f}, {'met' if ratio >= 0.8 else 'NOT met'}; {seen['lost']} lost")
