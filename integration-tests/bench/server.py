"""One running Activator over unit files that a workload writes, and its control API."""

import http.client
import json
import os
import select
import socket
import subprocess

import peers

LONGEST_SECONDS = 60


class Control(http.client.HTTPConnection):
    """The control API over its Unix socket."""

    def __init__(self, runtime):
        super().__init__("localhost", timeout=LONGEST_SECONDS)
        self.path = os.path.join(runtime, "control.sock")

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(LONGEST_SECONDS)
        self.sock.connect(self.path)

    def ask(self, method, path):
        self.request(method, path, body="{}" if method == "POST" else None, headers={"Connection": "close"})
        answer = self.getresponse()
        text = answer.read().decode()
        self.close()
        if answer.status >= 300:
            raise RuntimeError(f"{method} {path}: {answer.status} {text}")
        return json.loads(text) if text else None

    def post(self, path):
        return self.ask("POST", path)

    def get(self, path):
        return self.ask("GET", path)


def start(tools, directory, files, more=()):
    """The process and its control API; returns when all listeners are bound. `peers.end` ends it."""
    units = os.path.join(directory, "units")
    runtime = os.path.join(directory, "run")
    os.makedirs(units)
    for name, text in files.items():
        peers.write(units, name, text)
    read, write = os.pipe()
    with open(os.path.join(directory, "output"), "wb") as log:
        process = subprocess.Popen(
            [tools["activator"], "run", "--units", units, "--runtime", runtime,
             "--state", os.path.join(directory, "state"), "--ready-fd", str(write), *more],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, pass_fds=[write],
        )
    os.close(write)
    try:
        if not select.select([read], [], [], LONGEST_SECONDS)[0] or not os.read(read, 1):
            peers.end(process)
            raise RuntimeError(f"not ready within {LONGEST_SECONDS} s")
    finally:
        os.close(read)
    return process, Control(runtime)


def compiled(directory, source):
    """A Java service of this directory, compiled there: the absolute path of java, and its class path."""
    here = os.path.dirname(os.path.abspath(__file__))
    java = os.path.join(os.environ["JAVA_HOME"], "bin") + os.sep if "JAVA_HOME" in os.environ else ""
    libraries = os.path.normpath(os.path.join(here, "..", "..", "activator", "target", "lib"))
    classes = f"{directory}:{libraries}/*"
    subprocess.run([java + "javac", "-cp", classes, "-d", directory, os.path.join(here, source)], check=True)
    program = subprocess.run(["sh", "-c", f"command -v {java}java"], capture_output=True, text=True, check=True).stdout.strip()
    return program, classes
