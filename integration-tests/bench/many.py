"""Ten thousand unit files: how long it takes to read them, and until the super-server listens on all of them."""

import os
import statistics
import subprocess
import time

import peers
from verdicts import judge

UNITS = 10_000


def measure(tools, directory, quick, say):
    units, empty = os.path.join(directory, "units"), os.path.join(directory, "empty")
    os.makedirs(units)
    os.makedirs(empty)
    for number in range(UNITS // 2):
        for name, text in pair(number, f"{directory}/{number}.sock").items():
            peers.write(units, name, text)
    rounds = 3 if quick else 9
    say(f"many: reading {UNITS:,} units, {rounds} times")
    seconds = statistics.median(verify(tools, units) for _ in range(rounds))
    nothing = statistics.median(verify(tools, empty) for _ in range(rounds))
    return [{"workload": "many", "units": UNITS, "verify_s": seconds, "nothing_s": nothing}]


def pair(number, path):
    return {
        f"u{number}.socket": f"[Unit]\nDescription=Socket {number}\nAfter=network.target\n\n[Socket]\nListenStream={path}\nBacklog=128\n\n[Install]\nWantedBy=sockets.target\n",
        f"u{number}.service": f"[Unit]\nDescription=Service {number}\n\n[Service]\nExecStart=/bin/cat --name %n\nUser=nobody\nLimitNOFILE=1024\nEnvironment=A=b C=%p\n",
    }


def verify(tools, units):
    begun = time.perf_counter()
    subprocess.run([tools["activator"], "verify", "--quiet", units], stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begun


def print_table(results):
    for row in results:
        loaded = row["verify_s"] - row["nothing_s"]
        print(f"\n{row['units']:,} unit files: `verify` takes {row['verify_s']:.2f} s, of an empty directory {row['nothing_s']:.2f} s, so reading them "
              f"{loaded:.2f} s ({loaded / row['units'] * 1e6:.0f} us each)")
        judge(f"verify of {row['units']:,} unit files: under 2 s", row["verify_s"], row["verify_s"] < 2, f"{row['verify_s']:.2f} s")
