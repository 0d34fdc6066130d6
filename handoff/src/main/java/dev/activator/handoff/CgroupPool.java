package dev.activator.handoff;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * The cgroups of one super-server: {@code UNIT/NUMBER} for each instance that runs, and a few empty ones that await the next instance of
 * the same unit, since making and removing one costs more than a launch. For the loop's thread.
 */
final class CgroupPool {
    /** Empty ones over all units; each takes two descriptors and some kilobytes of the kernel's memory. */
    private static final int MOST_IDLE = 16;

    private final Path root;
    private final Map<String, Deque<Cgroup>> idle = new HashMap<>();
    private int idleCount;
    private long made;

    CgroupPool(Path root) {
        this.root = root;
    }

    /** An empty cgroup for an instance of the unit. */
    Cgroup take(String unit) {
        Deque<Cgroup> ofUnit = idle.get(unit);
        if (ofUnit == null) {
            return Cgroup.make(root.resolve(unit).resolve(Long.toString(++made)));
        }
        Cgroup cgroup = ofUnit.removeLast();
        idleCount--;
        if (ofUnit.isEmpty()) {
            idle.remove(unit);
        }
        return cgroup;
    }

    /** Takes an empty cgroup back. */
    void giveBack(String unit, Cgroup cgroup) {
        if (idleCount >= MOST_IDLE) {
            evictOther(unit);
        }
        if (idleCount < MOST_IDLE) {
            idle.computeIfAbsent(unit, any -> new ArrayDeque<>(2)).addLast(cgroup);
            idleCount++;
        } else {
            cgroup.remove();
        }
    }

    /** Makes room at the cost of another unit, so that units of the past do not keep those of the present from reusing theirs. */
    private void evictOther(String unit) {
        for (Map.Entry<String, Deque<Cgroup>> entry : idle.entrySet()) {
            if (!entry.getKey().equals(unit)) {
                take(entry.getKey()).remove();
                return;
            }
        }
    }

    /** Removes the empty ones. */
    void clear() {
        idle.values().forEach(ofUnit -> ofUnit.forEach(Cgroup::remove));
        idle.clear();
        idleCount = 0;
    }
}
