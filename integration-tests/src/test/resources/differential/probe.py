"""A service that reports what it was given, and then behaves as it is told: probe.py REPORT [WORD ...].

serve      accepts from its first listener and answers each line; "exit N" and "fail" in a line end it
echo       standard input is a connection: answers its lines
exit=N     ends with that code
kill=N     ends by that signal
sleep      does nothing until it is ended
ready      says READY=1 first (status=TEXT and stopping as well); not before a file WAIT is there with wait=WAIT
fork=FILE  becomes a daemon and writes its pid there
deaf       ignores SIGTERM
store=NAME leaves a file with the manager, ends=NAME a connection that ends with this process
buffers    reports the sizes of socket buffers as well
mark=TEXT  appends a line to REPORT instead of a report
"""

import json
import os
import resource
import signal
import socket
import sys
import time

FDS = 3
# Signals 32 and 33, which nobody else can change.
OF_THE_C_LIBRARY = 0x180000000
LIMITS = {"NOFILE": resource.RLIMIT_NOFILE, "CORE": resource.RLIMIT_CORE, "FSIZE": resource.RLIMIT_FSIZE}
OPTIONS = {
    "SO_KEEPALIVE": (socket.SOL_SOCKET, socket.SO_KEEPALIVE),
    "SO_REUSEPORT": (socket.SOL_SOCKET, socket.SO_REUSEPORT),
    "SO_BROADCAST": (socket.SOL_SOCKET, socket.SO_BROADCAST),
    "SO_PASSCRED": (socket.SOL_SOCKET, socket.SO_PASSCRED),
    "SO_PRIORITY": (socket.SOL_SOCKET, socket.SO_PRIORITY),
    "SO_MARK": (socket.SOL_SOCKET, socket.SO_MARK),
    "SO_RCVBUF": (socket.SOL_SOCKET, socket.SO_RCVBUF),
    "SO_SNDBUF": (socket.SOL_SOCKET, socket.SO_SNDBUF),
    "TCP_NODELAY": (socket.IPPROTO_TCP, socket.TCP_NODELAY),
    "TCP_KEEPIDLE": (socket.IPPROTO_TCP, socket.TCP_KEEPIDLE),
    "TCP_KEEPINTVL": (socket.IPPROTO_TCP, socket.TCP_KEEPINTVL),
    "TCP_KEEPCNT": (socket.IPPROTO_TCP, socket.TCP_KEEPCNT),
    "TCP_DEFER_ACCEPT": (socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT),
    "TCP_FASTOPEN": (socket.IPPROTO_TCP, socket.TCP_FASTOPEN),
    "IP_TOS": (socket.IPPROTO_IP, socket.IP_TOS),
    "IP_TTL": (socket.IPPROTO_IP, socket.IP_TTL),
    "IPV6_V6ONLY": (socket.IPPROTO_IPV6, socket.IPV6_V6ONLY),
}


def descriptor(fd):
    target = os.readlink(f"/proc/self/fd/{fd}")
    kind = target.split(":")[0] if ":[" in target else target
    found = {"fd": fd, "what": kind, "blocking": os.get_blocking(fd)}
    if kind == "socket":
        sock = socket.socket(fileno=os.dup(fd))
        found["what"] = f"{sock.family.name} {sock.type.name}"
        found["name"] = sock.getsockname() if sock.family != socket.AF_UNIX else os.fsdecode(sock.getsockname())
        found["listens"] = bool(sock.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))
        found["options"] = {}
        for name, (level, option) in OPTIONS.items():
            if level == socket.IPPROTO_TCP and (sock.family == socket.AF_UNIX or sock.type & 0xF != socket.SOCK_STREAM):
                continue
            if (level == socket.IPPROTO_IP and sock.family == socket.AF_UNIX) or (level == socket.IPPROTO_IPV6 and sock.family != socket.AF_INET6):
                continue
            try:
                value = sock.getsockopt(level, option)
            except OSError:
                continue
            # What the kernel makes of buffers by itself is another on each host and at each moment.
            if value and ("BUF" not in name or "buffers" in sys.argv):
                found["options"][name] = value
        sock.close()
    return found


def report():
    open_fds = []
    for name in sorted(map(int, os.listdir("/proc/self/fd"))):
        try:
            os.fstat(name)
        except OSError:
            continue
        # The directory itself was open while it was listed.
        if os.path.exists(f"/proc/self/fd/{name}") or name > 2:
            open_fds.append(name)
    with open("/proc/self/status") as status:
        lines = dict(line.rstrip("\n").split(":\t", 1) for line in status if ":\t" in line)
    listen_pid = os.environ.get("LISTEN_PID", "")
    env = dict(os.environ)
    if listen_pid:
        env["LISTEN_PID"] = "own" if listen_pid == str(os.getpid()) else "another"
    return {
        "fds": [descriptor(fd) for fd in open_fds],
        "env": env,
        "arguments": sys.argv[2:],
        "uid": os.getresuid(), "gid": os.getresgid(), "groups": sorted(os.getgroups()),
        "cwd": os.getcwd(),
        "umask": lines["Umask"].strip(),
        "blocked": lines["SigBlk"].strip(), "ignored": f"{int(lines['SigIgn'], 16) & ~OF_THE_C_LIBRARY:x}",
        "no_new_privs": lines["NoNewPrivs"].strip(), "bounding": lines["CapBnd"].strip(), "effective": lines["CapEff"].strip(),
        "limits": {name: resource.getrlimit(limit) for name, limit in LIMITS.items()},
        "nice": os.getpriority(os.PRIO_PROCESS, 0),
        "oom": open("/proc/self/oom_score_adj").read().strip(),
        "session_leader": os.getsid(0) == os.getpid(),
    }


def append(path, value):
    with open(path, "a") as file:
        file.write(json.dumps(value) + "\n")


def notify(text):
    path = os.environ.get("NOTIFY_SOCKET", "")
    if path:
        sender = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        sender.sendto(text.encode(), "\0" + path[1:] if path.startswith("@") else path)
        sender.close()


def store(name, ends=False):
    """Leaves a file with something in it with the manager, or a connection that ends soon."""
    path = os.environ["NOTIFY_SOCKET"]
    if ends:
        kept, other = (one.detach() for one in socket.socketpair())
        os.set_inheritable(other, False)
    else:
        kept = os.memfd_create("kept")
        os.write(kept, b"kept by " + name.encode())
    sender = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    sender.connect("\0" + path[1:] if path.startswith("@") else path)
    socket.send_fds(sender, [f"FDSTORE=1\nFDNAME={name}".encode()], [kept])


def serve():
    listener = socket.socket(fileno=FDS)
    listener.setblocking(True)
    while True:
        client, _ = listener.accept()
        with client, client.makefile("rw") as talk:
            for line in talk:
                words = line.split()
                if words and words[0] == "fail":
                    os._exit(7)
                talk.write(f"served {line}")
                talk.flush()
                if words and words[0] == "exit":
                    os._exit(int(words[1]))


def main():
    path, words = sys.argv[1], sys.argv[2:]
    options = dict(word.split("=", 1) for word in words if "=" in word)
    if "deaf" in words:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    append(path, options["mark"]) if "mark" in options else append(path, report())
    if "wait" in options:
        while not os.path.exists(options["wait"]):
            time.sleep(0.02)
    if "status" in options:
        notify(f"STATUS={options['status']}")
    if "store" in options and os.environ.get("LISTEN_FDS") == "1":
        store(options["store"])
    if "ends" in options and os.environ.get("LISTEN_FDS") == "1":
        store(options["ends"], True)
    if "ready" in words:
        notify("READY=1")
    if "fork" in options:
        if os.fork():
            while not os.path.exists(options["fork"]):
                time.sleep(0.01)
            os._exit(0)
        os.setsid()
        with open(options["fork"] + ".new", "w") as file:
            file.write(f"{os.getpid()}\n")
        os.rename(options["fork"] + ".new", options["fork"])
    if "serve" in words:
        serve()
    if "echo" in words:
        for line in sys.stdin:
            sys.stdout.write(f"served {line}")
            sys.stdout.flush()
    if "sleep" in words:
        while True:
            signal.pause()
    if "kill" in options:
        signal.signal(int(options["kill"]), signal.SIG_DFL) if int(options["kill"]) != 9 else None
        os.kill(os.getpid(), int(options["kill"]))
        time.sleep(5)
    os._exit(int(options.get("exit", 0)))


main()
