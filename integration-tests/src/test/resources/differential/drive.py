"""Plays scenarios under a service manager and writes down what could be seen: drive.py MANAGER SCENARIOS UNITS ANSWERS.

MANAGER is systemd (through systemctl) or the path of a control socket of Activator's. With "-" for it, writes the unit files below UNITS and ends.
"""

import concurrent.futures
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
FIRST_PORT = 7000
PATIENCE = 8
AT_A_TIME = 6


class Scenario:
    def __init__(self, number, name):
        self.number, self.name, self.files, self.steps = number, name, {}, []
        self.directory = f"/run/diff/d{number}"

    def fill(self, text):
        """U is the scenario's own name for units, D its directory, P1 to P9 its ports."""
        text = re.sub(r"\bP([1-9])\b", lambda port: str(FIRST_PORT + 10 * self.number + int(port[1])), text)
        text = re.sub(r"\bPROBE\b", f"{sys.executable} -S -E /run/diff/probe.py {self.directory}/report", text)
        return re.sub(r"\bD\b", self.directory, re.sub(r"\bU(?=\b|_)", f"d{self.number}", text))

    def blank(self, value):
        """What is another in each run is taken out again."""
        text = json.dumps(value, sort_keys=True)
        text = re.sub(rf"\b{FIRST_PORT + 10 * self.number}(?=\d\b)", "P", text)
        for port in range(1, 10):
            text = re.sub(rf"\b{FIRST_PORT + 10 * self.number + port}\b", f'P{port}', text)
        text = text.replace(self.directory, "D")
        text = re.sub(rf"\bd{self.number}(?=\b|_)", "U", text)
        return json.loads(re.sub(r"(?<=[ \[])P(\d)(?=[,\]}])", r'"P\1"', text))


def read(path):
    scenarios, into = [], None
    with open(path) as file:
        for line in file:
            if line.startswith("== "):
                scenarios.append(Scenario(len(scenarios) + 1, line[3:].strip()))
                into = None
            elif line.startswith("-- "):
                into = line[3:].strip()
            elif into == "steps":
                if line.strip() and not line.startswith("#"):
                    scenarios[-1].steps.append(scenarios[-1].fill(line.strip()))
            elif into:
                name = scenarios[-1].fill(into)
                scenarios[-1].files[name] = scenarios[-1].files.get(name, "") + scenarios[-1].fill(line)
    return scenarios


class Systemd:
    def order(self, verb, units):
        return subprocess.run(["systemctl", verb, *units], capture_output=True).returncode

    def show(self, unit, names):
        out = subprocess.run(["systemctl", "show", "-p", ",".join(names), unit], capture_output=True, text=True).stdout
        found = dict(line.split("=", 1) for line in out.splitlines() if "=" in line)
        return {name: self.word(name, found.get(name, "")) for name in names}

    @staticmethod
    def word(name, value):
        if name == "ExecMainCode":
            return {"0": "", "1": "exited", "2": "killed", "3": "dumped"}.get(value, value)
        return value

    def instances(self, template):
        out = subprocess.run(["systemctl", "list-units", "--all", "--plain", "--no-legend", template + "*"], capture_output=True, text=True).stdout
        return [line.split()[0] for line in out.splitlines()]


class Activator:
    def __init__(self, path):
        self.path = path

    def ask(self, method, target, body=None):
        sock = socket.socket(socket.AF_UNIX)
        sock.settimeout(60)
        sock.connect(self.path)
        connection = http.client.HTTPConnection("localhost")
        connection.sock = sock
        connection.request(method, target, body=json.dumps(body) if body else None, headers={"Connection": "close"})
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, json.loads(text) if text else None

    def order(self, verb, units):
        status, answer = self.ask("POST", "/v1/requests", {"verb": verb, "units": units, "options": {}})
        return max((one["exitStatus"] for one in answer.get("units", [{"exitStatus": 1}])), default=0)

    def show(self, unit, names):
        status, answer = self.ask("GET", f"/v1/units/{unit}")
        if status != 200:
            missing = {"ActiveState": "inactive", "SubState": "dead", "Result": "success"}
            return {name: missing.get(name, "") for name in names}
        state, service, sock = answer["state"], answer.get("service") or {}, answer.get("socket") or {}
        main = service.get("main") or {}
        known = {
            "ActiveState": state["active"], "SubState": state["sub"], "Result": state["result"],
            "NRestarts": service.get("restarts", 0), "StatusText": service.get("statusText") or "",
            "ExecMainCode": main.get("code") or "", "ExecMainStatus": main.get("status", 0),
            "NAccepted": sock.get("accepted", 0), "NConnections": sock.get("connections", 0), "NRefused": sock.get("refused", 0),
            "LoadState": answer["file"]["loadState"],
        }
        return {name: str(known[name]) for name in names}

    def instances(self, template):
        return [unit["id"] for unit in self.ask("GET", "/v1/units")[1]["units"] if unit["id"].startswith(template)]


def address(text):
    return ("127.0.0.1", int(text)) if text.isdigit() else text if text.startswith("/") else "\0" + text[1:]


def connect(text, kind=socket.SOCK_STREAM):
    where = address(text)
    client = socket.socket(socket.AF_INET if isinstance(where, tuple) else socket.AF_UNIX, kind)
    client.settimeout(PATIENCE)
    client.connect(where)
    return client


class Play:
    """One scenario's steps, one after the other; each adds what it saw."""

    def __init__(self, scenario, manager):
        self.scenario, self.manager, self.seen, self.open = scenario, manager, [], {}

    def run(self):
        os.makedirs(self.scenario.directory, exist_ok=True)
        os.chmod(self.scenario.directory, 0o777)
        for step in self.scenario.steps:
            verb, *words = step.split()
            try:
                result = getattr(self, "do_" + verb.replace("-", "_"))(*words)
            except (OSError, EOFError) as trouble:
                result = f"{type(trouble).__name__} {getattr(trouble, 'errno', '') or ''}".strip()
            if result is not None:
                self.seen.append({step: result})
        for client in self.open.values():
            client.close()
        return self.scenario.blank(self.seen)

    def do_start(self, *units):
        return "done" if self.manager.order("start", list(units)) == 0 else "failed"

    def do_stop(self, *units):
        return "done" if self.manager.order("stop", list(units)) == 0 else "failed"

    def do_restart(self, *units):
        return "done" if self.manager.order("restart", list(units)) == 0 else "failed"

    def do_reload(self, *units):
        return "done" if self.manager.order("reload", list(units)) == 0 else "failed"

    def do_reset(self, *units):
        self.manager.order("reset-failed", list(units))

    def do_await(self, unit, active, sub, *result):
        until = time.monotonic() + PATIENCE
        wanted = [active, sub, *result]
        names = ["ActiveState", "SubState", "Result"][: len(wanted)]
        while True:
            now = [self.manager.show(unit, names)[name] for name in names]
            if now == wanted or time.monotonic() > until:
                return " ".join(now)
            time.sleep(0.05)

    def do_show(self, unit, *names):
        return self.manager.show(unit, list(names))

    def do_ask(self, where, *words):
        with connect(where) as client:
            client.sendall((" ".join(words) + "\n").encode())
            return client.makefile().readline().strip()

    def do_knock(self, where):
        with connect(where) as client:
            client.settimeout(0.5)
            try:
                return "closed" if client.recv(1) == b"" else "data"
            except TimeoutError:
                return "waits"

    def do_connect(self, name, where):
        self.open[name] = connect(where)

    def do_say(self, name, *words):
        self.open[name].sendall((" ".join(words) + "\n").encode())
        return self.open[name].makefile().readline().strip()

    def do_close(self, name):
        self.open.pop(name).close()

    def do_send(self, where, *words):
        with connect(where, socket.SOCK_DGRAM) as client:
            client.send(" ".join(words).encode())

    def do_seqpacket(self, where, *words):
        with connect(where, socket.SOCK_SEQPACKET) as client:
            client.send(" ".join(words).encode())

    def do_write(self, path, *words):
        # A FIFO that nobody reads is an error, and no wait.
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_NONBLOCK | (0 if os.path.exists(path) and not os.path.isfile(path) else os.O_TRUNC), 0o644)
        os.write(fd, (" ".join(words) + "\n").encode())
        os.close(fd)

    def do_remove(self, path):
        os.remove(path)

    def do_exists(self, path):
        return os.path.lexists(path)

    def do_mode(self, path):
        found = os.stat(path)
        return f"{found.st_mode & 0o7777:o} {found.st_uid} {found.st_gid}"

    def reports(self):
        try:
            with open(self.scenario.directory + "/report") as file:
                return [json.loads(line) if line[0] in '{"' else line.strip() for line in file if line.endswith("\n")]
        except FileNotFoundError:
            return []

    def wait_reports(self, count):
        until = time.monotonic() + PATIENCE
        while len(self.reports()) < count and time.monotonic() < until:
            time.sleep(0.02)
        return self.reports()

    def do_reports(self, count):
        """How many there are, once there are that many."""
        return len(self.wait_reports(int(count)))

    def do_marks(self, count):
        return [one for one in self.wait_reports(int(count)) if isinstance(one, str)]

    def do_report(self, number, *keys):
        found = self.wait_reports(int(number))
        if len(found) < int(number):
            return "no report"
        one = found[int(number) - 1]
        one["passed"] = [each for each in one["fds"] if each["fd"] >= 3]
        one["stdio"] = [each for each in one["fds"] if each["fd"] < 3]
        return {key: one[key] for key in keys}

    def do_env(self, number, *names):
        found = self.wait_reports(int(number))
        if len(found) < int(number):
            return "no report"
        env = found[int(number) - 1]["env"]
        return {name: ("set" if name.endswith("?") else env[name.rstrip("?")]) if name.rstrip("?") in env else None for name in names}

    def do_instances(self, template):
        time.sleep(0.3)
        seen = []
        for name in self.manager.instances(template):
            # From systemd 257 on the number is followed by the socket's cookie.
            name = re.sub(r"@\d+-(?:\d+-)?\d+-(\d+)\.service", r"@N-PID-\1.service", name)
            name = re.sub(r"@\d+-(?:\d+-)?(?=\d+\.)", "@N-", name)
            if not name.endswith("@.service"):
                seen.append(re.sub(r":\d+\.service", ":P.service", name))
        return sorted(seen)

    def do_kill_main(self, unit, number):
        if isinstance(self.manager, Systemd):
            pid = int(self.manager.show(unit, ["MainPID"])["MainPID"])
        else:
            pid = self.manager.ask("GET", f"/v1/units/{unit}")[1]["service"]["main"]["pid"]
        os.kill(pid, int(number))

    def do_pause(self, millis):
        time.sleep(int(millis) / 1000)


def main():
    kind, path, units, answers = sys.argv[1:5]
    scenarios = read(path)
    if kind == "-":
        # Where any user may read it.
        shutil.copy(os.path.join(HERE, "probe.py"), "/run/diff/probe.py")
        for scenario in scenarios:
            for name, text in scenario.files.items():
                file = os.path.join(units, name)
                os.makedirs(os.path.dirname(file), exist_ok=True)
                with open(file, "w") as out:
                    out.write(text)
        return
    manager = Systemd() if kind == "systemd" else Activator(kind)
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    with concurrent.futures.ThreadPoolExecutor(AT_A_TIME) as pool:
        results = pool.map(lambda scenario: (scenario.name, Play(scenario, manager).run()), scenarios)
        all_of_them = dict(results)
    with open(answers + ".new", "w") as out:
        json.dump(all_of_them, out, indent=1)
        out.write("\n")
    os.rename(answers + ".new", answers)


main()
