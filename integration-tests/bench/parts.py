"""How long single parts of the super-server take, by JMH: reading units, planning a launch, the trigger path, counting connections, encoding events."""

import json
import os
import subprocess

HOME = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
MODULE = os.path.join("integration-tests", "microbench")
# As the launcher has the super-server run.
JVM = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx512m -Djnr.ffi.asm.enabled=false"


def measure(tools, directory, quick, say):
    say("parts: building the benchmarks")
    os.makedirs(directory)
    subprocess.run(["mvn", "-B", "-q", "-Dfast", "-DskipTests", "-f", HOME, "-pl", MODULE, "-am", "package"], check=True)
    target = os.path.join(HOME, MODULE, "target")
    with open(os.path.join(target, "classpath")) as file:
        classpath = os.pathsep.join([os.path.join(target, "test-classes"), os.path.join(target, "classes"), file.read().strip()])
    found = os.path.join(directory, "parts.json")
    rounds = ["-wi", "2", "-i", "3", "-w", "500ms", "-r", "500ms"] if quick else ["-wi", "3", "-i", "5", "-w", "1s", "-r", "1s"]
    say("parts: measuring, about " + ("one minute" if quick else "three minutes"))
    # Its lock and what the benchmarks write go with the directory.
    ended = subprocess.run(
        [java(), f"-Djava.io.tmpdir={directory}", "-cp", classpath, "org.openjdk.jmh.Main", "Benchmark", "-f", "1", *rounds, "-bm", "avgt", "-tu", "us",
         "-prof", "gc", "-foe", "true", "-jvmArgsAppend", f"{JVM} -Djava.io.tmpdir={directory}", "-rf", "json", "-rff", found],
        cwd=directory, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )
    if ended.returncode != 0:
        raise RuntimeError("a benchmark of a part failed:\n" + "\n".join(ended.stdout.splitlines()[-40:]))
    with open(found) as file:
        return [row(one) for one in json.load(file)]


def java():
    return os.path.join(os.environ["JAVA_HOME"], "bin", "java") if "JAVA_HOME" in os.environ else "java"


def row(one):
    group, what = one["benchmark"].split(".")[-2:]
    figure = one["primaryMetric"]
    return {
        "workload": "parts", "part": group.removesuffix("Benchmark"), "what": what, "with": ", ".join(f"{key}={value}" for key, value in one.get("params", {}).items()),
        "us": figure["score"], "error_us": figure["scoreError"], "bytes": one["secondaryMetrics"]["gc.alloc.rate.norm"]["score"],
    }


def print_table(rows):
    print("\nParts, by JMH, on a JVM like the super-server's: time of one and what it allocates")
    width = max(len(words(row)) for row in rows) + 2
    print(f"  {'':<{width}}{'us':>10}{'+-':>9}{'bytes':>11}")
    for row in rows:
        print(f"  {words(row):<{width}}{row['us']:>10.2f}{row['error_us']:>9.2f}{row['bytes']:>11.0f}")


def words(row):
    """`TriggerPath.fromReadableToLaunch` as `trigger path: from readable to launch`."""
    text = "".join(" " + letter.lower() if letter.isupper() else letter for letter in f"{row['part']}: {row['what']}").strip()
    return f"{text} ({row['with']})" if row["with"] else text
