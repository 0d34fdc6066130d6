package dev.activator.handoff;

import dev.activator.config.Signal;
import dev.activator.handoff.kernel.Descriptors;
import dev.activator.handoff.kernel.ProcessCalls;
import dev.activator.listener.OwnedFd;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
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
    private static final String FREEZER = "cgroup.freeze";
    private static final long NANOS_PER_MICRO = 1000;

    private final ProcessCalls calls;
    private final Path directory;
    private final Cgroup cgroup;
    private final Consumer<Cgroup> pool;
    private @Nullable OwnedFd freezer;
    private final CgroupControllers controllers;
    /** Where what is launched lives: the cgroup itself until it was killed, then one below it. */
    private Cgroup door;

    private boolean isDoorShut;
    private int doors = 1;
    private boolean hasMemoryLimit;
    /** Whether it cannot be given to another instance. */
    private boolean isSingular;
    /** Whether anything has been launched into it. What nothing could be launched into is nothing for another instance either. */
    private boolean hasServed;

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
        door = cgroup;
        directory = cgroup.directory();
    }

    @Override
    public CgroupPath cgroup() {
        return new CgroupPath(directory, cgroup.handle());
    }

    @Override
    public CgroupPath toJoin() {
        if (isDoorShut) {
            closeDoor();
            door = Cgroup.make(directory.resolve("door-" + ++doors));
            isDoorShut = false;
        }
        if (hasServed && freezer == null) {
            isPopulated();
            if (cgroup.wasFrozen()) {
                // A service froze itself. What helps it to stop must run.
                CgroupFile.write(directory, FREEZER, "0");
            }
        }
        return new CgroupPath(door.directory(), door.handle(), hasMemoryLimit);
    }

    private void closeDoor() {
        if (door != cgroup) {
            door.close();
        }
    }

    @Override
    public List<String> limit(List<CgroupLimit> limits) {
        List<String> refused = new ArrayList<>();
        for (CgroupLimit limit : limits) {
            String obstacle = controllers.enable(limit.controller(), directory);
            hasMemoryLimit |= obstacle.isEmpty() && limit.controller().equals("memory");
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
        hasServed = true;
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
        for (String line : CgroupFile.lines(cgroup, "cgroup.procs")) {
            int pid = Integer.parseInt(line);
            // 0 is one in a pid namespace that we do not see; to kill(2) it would be our own process group.
            if (pid > 0) {
                pids.add(pid);
            }
        }
        children(cgroup).forEach(child -> collectPids(child, pids));
    }

    @Override
    public boolean isPopulated() {
        boolean isPopulated = !isRemoved && cgroup.isPopulated();
        isKnownEmpty = !isPopulated;
        // Whoever was frozen, by us or by itself, leaves a cgroup in which nothing runs.
        isSingular |= cgroup.wasFrozen();
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
            if (killAtOnce(directory)) {
                wasKilled();
            } else {
                freeze();
                signal(Signal.KILL);
                thaw();
                signal(Signal.KILL);
            }
        }
    }

    /**
     * Linux 6.18 (and others since the one that counts kills) ends every process at birth that is cloned into a cgroup which was ever
     * killed, while one below it is as good as new.
     */
    @Override
    public void wasKilled() {
        isDoorShut = true;
        isSingular = true;
    }

    /** False where the kernel is too old for it. */
    static boolean killAtOnce(Path cgroup) {
        return CgroupFile.write(cgroup, "cgroup.kill", "1");
    }

    @Override
    public void freeze() {
        isSingular = true;
        if (freezer == null) {
            int fd = Descriptors.openWrite(directory.resolve(FREEZER).toString());
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
        closeDoor();
        if (isSingular || !hasServed) {
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
        } catch (IOException | DirectoryIteratorException gone) {
            // Those that were read before it went are gone as well, or are looked at in vain.
            return children;
        }
        return children;
    }

    @Override
    public String toString() {
        return "cgroup " + directory;
    }
}
