package dev.activator.handoff;

import dev.activator.listener.Loop;
import dev.activator.listener.Lull;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The cgroups of one super-server: {@code UNIT/NUMBER} for each instance that runs, and empty ones that await the next instance of
 * the same unit, since making and removing one costs more than a launch. While instances come and go there are as many as that needs, held
 * open; when none has gone for a while a few are left, each of which takes some kilobytes of the kernel's memory and no descriptor. For
 * the loop's thread.
 */
final class CgroupPool {
    /** Empty ones over all units while instances come and go. */
    private static final int MOST_IDLE = 128;
    /** Empty ones over all units otherwise. */
    static final int MOST_KEPT = 16;

    static final Duration QUIET = Duration.ofSeconds(2);

    private final Lull comings;
    private final Path root;
    private final Map<String, Deque<Idle>> idle = new HashMap<>();
    private int idleCount;
    private long made;

    /** Nobody's at present; with its descriptors if it was somebody's a short while ago. */
    private record Idle(Path directory, @Nullable Cgroup open) {
        Cgroup take() {
            return open == null ? Cgroup.make(directory) : open;
        }

        Idle closed() {
            if (open != null) {
                open.close();
            }
            return new Idle(directory, null);
        }

        void remove() {
            closed();
            CgroupTree.remove(directory);
        }
    }

    CgroupPool(Loop loop, Path root) {
        this.comings = new Lull(loop, QUIET, "empty cgroups", this::keepFew);
        this.root = root;
    }

    /** An empty cgroup for an instance of the unit. */
    Cgroup take(String unit) {
        if (idle.containsKey(unit)) {
            return takeIdle(unit).take();
        }
        Cgroup fresh = null;
        while (fresh == null) {
            fresh = Cgroup.makeNew(root.resolve(unit).resolve(Long.toString(++made)));
        }
        return fresh;
    }

    private Idle takeIdle(String unit) {
        Deque<Idle> ofUnit = Objects.requireNonNull(idle.get(unit));
        Idle last = ofUnit.removeLast();
        idleCount--;
        if (ofUnit.isEmpty()) {
            idle.remove(unit);
        }
        return last;
    }

    /** Takes an empty cgroup back. */
    void giveBack(String unit, Cgroup cgroup) {
        if (idleCount >= MOST_IDLE) {
            evictOther(unit);
        }
        if (idleCount < MOST_IDLE) {
            idle.computeIfAbsent(unit, any -> new ArrayDeque<>(2)).addLast(new Idle(cgroup.directory(), cgroup));
            idleCount++;
        } else {
            cgroup.remove();
        }
        comings.stir();
    }

    private void keepFew() {
        while (idleCount > MOST_KEPT) {
            takeIdle(idle.keySet().iterator().next()).remove();
        }
        idle.values().forEach(ofUnit -> {
            for (int i = ofUnit.size(); i > 0; i--) {
                ofUnit.addLast(ofUnit.removeFirst().closed());
            }
        });
    }

    /** Makes room at the cost of another unit, so that units of the past do not keep those of the present from reusing theirs. */
    private void evictOther(String unit) {
        for (String other : idle.keySet()) {
            if (!other.equals(unit)) {
                takeIdle(other).remove();
                return;
            }
        }
    }

    /** Removes the empty ones. */
    void clear() {
        idle.values().forEach(ofUnit -> ofUnit.forEach(Idle::remove));
        idle.clear();
        idleCount = 0;
    }
}
