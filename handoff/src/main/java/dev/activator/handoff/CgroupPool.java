package dev.activator.handoff;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The cgroups of one super-server: {@code UNIT/NUMBER} for each instance that runs, and a few empty ones that await the next instance of
 * the same unit, since making and removing one costs more than a launch. For the loop's thread.
 */
final class CgroupPool {
    /** Empty ones over all units; each takes some kilobytes of the kernel's memory, and no descriptor. */
    private static final int MOST_IDLE = 16;

    private final Path root;
    private final Map<String, Deque<Path>> idle = new HashMap<>();
    private int idleCount;
    private long made;

    CgroupPool(Path root) {
        this.root = root;
    }

    /** An empty cgroup for an instance of the unit. */
    Cgroup take(String unit) {
        return Cgroup.make(
                idle.containsKey(unit) ? takeIdle(unit) : root.resolve(unit).resolve(Long.toString(++made)));
    }

    private Path takeIdle(String unit) {
        Deque<Path> ofUnit = Objects.requireNonNull(idle.get(unit));
        Path directory = ofUnit.removeLast();
        idleCount--;
        if (ofUnit.isEmpty()) {
            idle.remove(unit);
        }
        return directory;
    }

    /** Takes an empty cgroup back. */
    void giveBack(String unit, Cgroup cgroup) {
        cgroup.close();
        if (idleCount >= MOST_IDLE) {
            evictOther(unit);
        }
        if (idleCount < MOST_IDLE) {
            idle.computeIfAbsent(unit, any -> new ArrayDeque<>(2)).addLast(cgroup.directory());
            idleCount++;
        } else {
            CgroupTree.remove(cgroup.directory());
        }
    }

    /** Makes room at the cost of another unit, so that units of the past do not keep those of the present from reusing theirs. */
    private void evictOther(String unit) {
        for (String other : idle.keySet()) {
            if (!other.equals(unit)) {
                CgroupTree.remove(takeIdle(other));
                return;
            }
        }
    }

    /** Removes the empty ones. */
    void clear() {
        idle.values().forEach(ofUnit -> ofUnit.forEach(CgroupTree::remove));
        idle.clear();
        idleCount = 0;
    }
}
