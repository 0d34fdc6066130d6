package dev.activator.handoff;

import dev.activator.config.Signal;
import dev.activator.handoff.kernel.Descriptors;
import dev.activator.handoff.kernel.ProcessCalls;
import dev.activator.listener.OwnedFd;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The instance's processes as a cgroup of version 2 and whatever cgroups they make below it. cgroups(7). */
final class CgroupTree implements ProcessTree {
    private static final String USAGE = "usage_usec ";
    private static final long NANOS_PER_MICRO = 1000;

    private final ProcessCalls calls;
    private final Path directory;
    private final Cgroup cgroup;
    private final Consumer<Cgroup> pool;
    private @Nullable OwnedFd freezer;
    private final CgroupControllers controllers;
    /** Whether it cannot be given to another instance. */
    private boolean isSingular;

    private boolean isRemoved;
    /** Whether it was seen empty and we have put nothing into it since. */
    private boolean isKnownEmpty;

    /**
     * The tree in a cgroup of its own.
     *
     * @param pool where the cgroup goes when it is empty and as good as new
     */
    CgroupTree(ProcessCalls calls, Cgroup cgroup, CgroupControllers controllers, Consumer<Cgroup> pool) {
        this.controllers = controllers;
        this.calls = calls;
        this.cgroup = cgroup;
        this.pool = pool;
        directory = cgroup.directory();
    }

    @Override
    public CgroupPath cgroup() {
        return new CgroupPath(directory, cgroup.handle());
    }

    @Override
    public List<String> limit(List<CgroupLimit> limits) {
        List<String> refused = new ArrayList<>();
        for (CgroupLimit limit : limits) {
            String obstacle = controllers.enable(limit.controller(), directory);
            if (obstacle.isEmpty() && !CgroupFile.write(directory, limit.file(), limit.value())) {
                obstacle = "the kernel does not take '" + limit.value() + "' for " + limit.file();
            }
            if (!obstacle.isEmpty()) {
                refused.add(limit.setting() + " cannot be applied: " + obstacle + ", ignoring");
            }
        }
        // What has limits is nobody else's.
        isSingular |= !limits.isEmpty();
        return refused;
    }

    @Override
    public void joined(ChildProcess process) {
        // It joined by itself, before anything else.
        isKnownEmpty = false;
    }

    @Override
    public List<Integer> pids() {
        return isPopulated() ? pids(directory) : List.of();
    }

    static List<Integer> pids(Path cgroup) {
        List<Integer> pids = new ArrayList<>();
        collectPids(cgroup, pids);
        return pids;
    }

    private static void collectPids(Path cgroup, List<Integer> pids) {
        CgroupFile.lines(cgroup, "cgroup.procs").forEach(line -> pids.add(Integer.parseInt(line)));
        children(cgroup).forEach(child -> collectPids(child, pids));
    }

    @Override
    public boolean isPopulated() {
        boolean isPopulated = !isRemoved && cgroup.isPopulated();
        isKnownEmpty = !isPopulated;
        return isPopulated;
    }

    @Override
    public void signal(Signal signal) {
        pids().forEach(pid -> calls.kill(pid, signal.number()));
    }

    @Override
    public void kill() {
        if (isPopulated()) {
            // Before Linux 5.14 there is no cgroup.kill. There a fork can only escape one round, not the freezer's.
            if (!killAtOnce(directory)) {
                freeze();
                signal(Signal.KILL);
                thaw();
                signal(Signal.KILL);
            }
        }
    }

    /** False where the kernel is too old for it. */
    static boolean killAtOnce(Path cgroup) {
        return CgroupFile.write(cgroup, "cgroup.kill", "1");
    }

    @Override
    public void freeze() {
        isSingular = true;
        if (freezer == null) {
            int fd = Descriptors.openWrite(directory.resolve("cgroup.freeze").toString());
            freezer = fd < 0 ? null : OwnedFd.adopt(fd, "freezer of " + directory);
        }
        set('1');
    }

    /** At once: somebody waits. */
    @Override
    public void thaw() {
        set('0');
        closeFreezer();
    }

    private void set(char isFrozen) {
        if (freezer != null) {
            Descriptors.writeByte(freezer.number(), isFrozen);
        }
    }

    private void closeFreezer() {
        if (freezer != null) {
            freezer.close();
            freezer = null;
        }
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
        if (isRemoved) {
            return true;
        }
        if (!isKnownEmpty && isPopulated()) {
            return false;
        }
        isRemoved = true;
        closeFreezer();
        if (isSingular) {
            cgroup.remove();
        } else {
            pool.accept(cgroup);
        }
        return true;
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
