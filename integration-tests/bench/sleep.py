"""What sleep costs: waking a frozen JVM service against starting it, and a look for use on a host with many sockets."""

import os
import socket
import statistics
import subprocess
import sys
import time

import peers
import server
from idle import free_ports
from verdicts import judge

ROUNDS = 21
LOOK_SECONDS = 5
LOOKS_PER_SECOND = 100
UNRELATED = 20_000
SOCKETS_PER_HOLDER = 2_000
LOOP = """
import socket
listener = socket.socket(fileno=3)
listener.setblocking(True)
while True:
    listener.accept()[0].close()
"""
HOLDER = f"""
import socket, sys
listener = socket.create_server(("127.0.0.1", 0), backlog=4096)
kept = []
for _ in range({SOCKETS_PER_HOLDER // 2}):
    kept.append(socket.create_connection(listener.getsockname()))
    kept.append(listener.accept()[0])
print("open", flush=True)
sys.stdin.read()
"""


def measure(tools, directory, quick, say):
    return [waking(tools, os.path.join(directory, "waking"), quick, say),
            evidence(tools, os.path.join(directory, "evidence"), quick, say)]


def waking(tools, directory, quick, say):
    """The first answer of a JVM service that was stopped and of one that stands still, by turns."""
    os.makedirs(directory)
    program, classes = server.compiled(directory, "Service.java")
    ports = dict(zip(("stop", "freeze"), free_ports(2)))
    files = {}
    for action, port in ports.items():
        files[f"{action}.socket"] = f"[Socket]\nListenStream=127.0.0.1:{port}\n"
        files[f"{action}.service"] = (
            f"[Service]\nExecStart={program} -cp {classes} Service\n"
            f"SuccessExitStatus=143\n[X-Activator]\nIdleAction={action}\n"
        )
    process, control = server.start(tools, directory, files)
    taken = {action: [] for action in ports}
    awake = []
    try:
        for port in ports.values():
            first_answer(port)
        rounds = 7 if quick else ROUNDS
        for turn in range(rounds):
            say(f"sleep: waking, round {turn + 1} of {rounds}")
            for action, port in ports.items():
                control.post(f"/v1/units/{action}.service/sleep")
                taken[action].append(first_answer(port))
                awake.append(first_answer(port))
        return {
            "workload": "sleep", "what": "waking", "cold_us": statistics.median(taken["stop"]) * 1e6,
            "thaw_us": statistics.median(taken["freeze"]) * 1e6, "awake_us": statistics.median(awake) * 1e6,
            "worst_thaw_us": max(taken["freeze"]) * 1e6,
        }
    finally:
        peers.end(process)


def first_answer(port):
    """Seconds from connecting to the end of the answer."""
    begun = time.perf_counter()
    with socket.create_connection(("127.0.0.1", port), timeout=server.LONGEST_SECONDS) as client:
        client.sendall(b"GET /hello/world HTTP/1.1\r\nHost: localhost\r\n\r\n")
        answer = b""
        while part := client.recv(4096):
            answer += part
    if b'"hello world"' not in answer:
        raise RuntimeError(f"answered {answer!r}")
    return time.perf_counter() - begun


def evidence(tools, directory, quick, say):
    """Processor time of a look at an idle service, a hundred a second, without and with unrelated sockets on the host."""
    os.makedirs(directory)
    port = free_ports(1)[0]
    program = os.path.join(directory, "loop.py")
    with open(program, "w") as file:
        file.write(LOOP)
    process, _ = server.start(tools, directory, {
        "idle.socket": f"[Socket]\nListenStream=127.0.0.1:{port}\n",
        "idle.service": (
            f"[Service]\nExecStart={sys.executable} {program}\n"
            "[X-Activator]\nIdleTimeoutSec=50ms\nKeepWarm=always\n"
        ),
    })
    samples = {False: [], True: []}
    try:
        socket.create_connection(("127.0.0.1", port), timeout=server.LONGEST_SECONDS).close()
        time.sleep(3)
        seconds = 2 if quick else LOOK_SECONDS
        # The first round warms up what is measured.
        for turn in range(3 if quick else 5):
            for crowded in (False, True):
                say(f"sleep: looks, round {turn + 1}, {UNRELATED if crowded else 'no'} unrelated sockets")
                holders = hold(UNRELATED) if crowded else []
                try:
                    before = cpu_nanos(process.pid)
                    time.sleep(seconds)
                    used = (cpu_nanos(process.pid) - before) / seconds / LOOKS_PER_SECOND / 1000
                    if turn > 0:
                        samples[crowded].append(used)
                finally:
                    for holder in holders:
                        holder.stdin.close()
                        holder.wait(server.LONGEST_SECONDS)
        return {
            "workload": "sleep", "what": "evidence", "unrelated": UNRELATED,
            "alone_us": statistics.median(samples[False]), "crowded_us": statistics.median(samples[True]),
        }
    finally:
        peers.end(process)


def hold(sockets):
    holders = [
        subprocess.Popen([sys.executable, "-c", HOLDER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(sockets // SOCKETS_PER_HOLDER)
    ]
    for holder in holders:
        if holder.stdout.readline().strip() != "open":
            raise RuntimeError("cannot open so many sockets; is the limit of open files below 2,100?")
    return holders


def cpu_nanos(pid):
    """Of all threads."""
    total = 0
    for thread in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{thread}/schedstat") as statistics_of_thread:
            total += int(statistics_of_thread.read().split()[0])
    return total


def print_table(results):
    waked, looked = results
    print("\nA JVM service's first answer, connect to end")
    print(f"  awake {waked['awake_us']:.0f} us, frozen {waked['thaw_us']:.0f} us (worst {waked['worst_thaw_us']:.0f}), "
          f"stopped {waked['cold_us']:.0f} us")
    thaws = waked["cold_us"] / waked["thaw_us"]
    judge("a cold start takes at least 100 x a thaw", thaws, thaws >= 100)
    print(f"\nA look at an idle service, {looked['unrelated']:,} unrelated sockets on the host or none")
    print(f"  without {looked['alone_us']:.0f} us, with {looked['crowded_us']:.0f} us of processor time")
    dearer = looked["crowded_us"] / looked["alone_us"]
    judge(f"a look among {looked['unrelated']:,} sockets costs at most 2 x", dearer, dearer <= 2)
