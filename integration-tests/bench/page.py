"""How quick the page to look at is with 1,000 units, in headless Chromium through WebDriver."""

import json
import os
import shutil
import statistics
import subprocess
import time
import urllib.request

import idle
import peers
import server
from verdicts import judge

COUNT = 1000
MOST_PAINT_MS = 1000
MOST_INTERACTION_MS = 100
LONGEST_SECONDS = 30
# Chromium keeps its sandbox from root; the rest is so that it asks nobody on the network for anything.
ARGUMENTS = ["--headless=new", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
             "--disable-sync", "--disable-quic", "--window-size=1200,900"] + (["--no-sandbox"] if os.getuid() == 0 else [])

OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))

READY = "return document.querySelectorAll('.row').length > 10 && document.getElementById('asleep').textContent !== '–'"
PAINT = """
const paint = performance.getEntriesByName('first-contentful-paint')[0];
return [paint ? paint.startTime : -1, performance.now()];
"""
# From the event to the second frame after it: what it caused has been drawn then.
INTERACTION = """
const done = arguments[arguments.length - 1];
const act = new Function(arguments[0]);
const begun = performance.now();
act();
requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - begun)));
"""
INTERACTIONS = {
    "find": "const find = document.getElementById('find'); find.value = 'u77'; find.dispatchEvent(new Event('input', {bubbles: true}));",
    "find nothing": "const find = document.getElementById('find'); find.value = ''; find.dispatchEvent(new Event('input', {bubbles: true}));",
    "scroll": "document.getElementById('list').scrollTop += 4000;",
    "sort": "const sort = document.getElementById('sort'); sort.value = sort.value === 'name' ? 'wakes' : 'name'; sort.dispatchEvent(new Event('change', {bubbles: true}));",
    "open a unit": "document.querySelector('.row').click();",
    "close it": "document.getElementById('close').click();",
}


class Browser:
    """A session of chromedriver's. W3C WebDriver."""

    def __init__(self, driver):
        self.driver = subprocess.Popen([driver, "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        line = ""
        while "successfully on port" not in line:
            line = self.driver.stdout.readline()
            if not line:
                raise RuntimeError("chromedriver ended before it was ready")
        self.base = f"http://127.0.0.1:{line.rsplit('port ', 1)[1].strip().rstrip('.')}/session"
        wanted = {"alwaysMatch": {"goog:chromeOptions": {"args": ARGUMENTS, "binary": shutil.which("chromium")}}}
        self.base += "/" + self.ask("", {"capabilities": wanted})["sessionId"]

    def ask(self, path, body):
        request = urllib.request.Request(self.base + path, json.dumps(body).encode(), {"Content-Type": "application/json"})
        with OPENER.open(request, timeout=LONGEST_SECONDS) as answer:
            return json.load(answer)["value"]

    def open(self, url):
        self.ask("/url", {"url": url})

    def run(self, script, *arguments):
        return self.ask("/execute/sync", {"script": script, "args": arguments})

    def run_waiting(self, script, *arguments):
        return self.ask("/execute/async", {"script": script, "args": arguments})

    def close(self):
        try:
            OPENER.open(urllib.request.Request(self.base, method="DELETE"), timeout=LONGEST_SECONDS).close()
        finally:
            peers.end(self.driver)


def measure(tools, directory, quick, say):
    driver = shutil.which("chromedriver")
    if not driver or not shutil.which("chromium"):
        say("page: there is no chromium with chromedriver (Debian: chromium chromium-driver), left out")
        return []
    say(f"page: {COUNT} units in headless Chromium")
    files = {}
    ports = idle.free_ports(COUNT + 1)
    for number, port in enumerate(ports[1:]):
        files[f"u{number}.socket"] = f"[Socket]\nListenStream=127.0.0.1:{port}\n"
        files[f"u{number}.service"] = "[Service]\nExecStart=/bin/true\n"
    process, _ = server.start(tools, directory, files, ["--http", str(ports[0])])
    try:
        with open(os.path.join(directory, "run", "page.url")) as file:
            url = file.read().strip()
        browser = Browser(driver)
        try:
            return [look(browser, url, 3 if quick else 7)]
        finally:
            browser.close()
    finally:
        peers.end(process)


def look(browser, url, rounds):
    paints, complete, interactions = [], [], {name: [] for name in INTERACTIONS}
    for _ in range(rounds):
        browser.open("about:blank")
        browser.open(url)
        until = time.monotonic() + LONGEST_SECONDS
        while not browser.run(READY):
            if time.monotonic() > until:
                raise RuntimeError(f"the page shows no units after {LONGEST_SECONDS} s")
            time.sleep(0.01)
        paint, now = browser.run(PAINT)
        paints.append(paint)
        complete.append(now)
        for name, script in INTERACTIONS.items():
            interactions[name].append(browser.run_waiting(INTERACTION, script))
    return {
        "workload": "page", "units": COUNT, "paint_ms": statistics.median(paints), "complete_ms": statistics.median(complete),
        "interactions_ms": {name: max(taken) for name, taken in interactions.items()},
    }


def print_table(results):
    for row in results:
        print(f"\nThe page with {row['units']} units, headless Chromium")
        print(f"  {'first paint':<16}{row['paint_ms']:>8.0f} ms, median")
        print(f"  {'all data':<16}{row['complete_ms']:>8.0f} ms, median, at most")
        for name, took in row["interactions_ms"].items():
            print(f"  {name:<16}{took:>8.0f} ms, slowest")
        slowest = max(row["interactions_ms"].values())
        judge(f"page: first paint below {MOST_PAINT_MS} ms", row["paint_ms"], 0 <= row["paint_ms"] < MOST_PAINT_MS, f"{row['paint_ms']:.0f} ms")
        judge(f"page: interactions below {MOST_INTERACTION_MS} ms", slowest, slowest < MOST_INTERACTION_MS, f"{slowest:.0f} ms")
