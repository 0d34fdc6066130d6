package dev.activator.handoff;

import dev.activator.config.Signal;
import dev.activator.handoff.kernel.ProcessCalls;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The instance's processes as a cgroup of version 2 and whatever cgroups they make below it. cgroups(7). */
final class CgroupTree implements ProcessTree {
    private static final String USAGE = "usage_usec ";
    private static final long NANOS_PER_MICRO = 1000;

    private final ProcessCalls calls;
    private final Path directory;

    CgroupTree(ProcessCalls calls, Path directory) {
        this.calls = calls;
        this.directory = directory;
    }

    @Override
    public CgroupPath cgroup() {
        return new CgroupPath(directory);
    }

    @Override
    public void joined(ChildProcess process) {
        // It joined by itself, before anything else.
    }

    @Override
    public List<Integer> pids() {
        List<Integer> pids = new ArrayList<>();
        collectPids(directory, pids);
        return pids;
    }

    private static void collectPids(Path cgroup, List<Integer> pids) {
        CgroupFile.lines(cgroup, "cgroup.procs").forEach(line -> pids.add(Integer.parseInt(line)));
        children(cgroup).forEach(child -> collectPids(child, pids));
    }

    @Override
    public boolean isPopulated() {
        return CgroupFile.lines(directory, "cgroup.events").contains("populated 1");
    }

    @Override
    public void signal(Signal signal) {
        pids().forEach(pid -> calls.kill(pid, signal.number()));
    }

    @Override
    public void kill() {
        // Before Linux 5.14 there is no cgroup.kill. There a fork can only escape one round, not the freezer's.
        if (!CgroupFile.write(directory, "cgroup.kill", "1")) {
            freeze();
            signal(Signal.KILL);
            thaw();
            signal(Signal.KILL);
        }
    }

    @Override
    public void freeze() {
        CgroupFile.write(directory, "cgroup.freeze", "1");
    }

    @Override
    public void thaw() {
        CgroupFile.write(directory, "cgroup.freeze", "0");
    }

    @Override
    public boolean isFrozen() {
        return CgroupFile.lines(directory, "cgroup.events").contains("frozen 1");
    }

    @Override
    public long cpuNanos() {
        return CgroupFile.lines(directory, "cpu.stat").stream()
                .filter(line -> line.startsWith(USAGE))
                .mapToLong(line -> Long.parseLong(line.substring(USAGE.length())) * NANOS_PER_MICRO)
                .findFirst()
                .orElse(0);
    }

    @Override
    public boolean remove() {
        return remove(directory);
    }

    /** Removes a cgroup and those below it; false where one is still in use. */
    static boolean remove(Path cgroup) {
        boolean isEmpty = true;
        for (Path child : children(cgroup)) {
            isEmpty &= remove(child);
        }
        try {
            return isEmpty && (Files.deleteIfExists(cgroup) || !Files.exists(cgroup));
        } catch (IOException busy) {
            return false;
        }
    }

    static List<Path> children(Path cgroup) {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(cgroup, Files::isDirectory)) {
            entries.forEach(children::add);
        } catch (IOException gone) {
            return List.of();
        }
        return children;
    }

    @Override
    public String toString() {
        return "cgroup " + directory;
    }
}
