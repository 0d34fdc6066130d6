package dev.activator.handoff;

import dev.activator.handoff.kernel.SpawnRequest.Duplicate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The order of dup2 calls by which a child's descriptors get their numbers, although numbers overlap: 3 may have to become 4 and 4
 * become 3. No call overwrites a descriptor that a later one still copies. Pure.
 */
final class FdShuffle {
    /** In a table of sources: nothing is copied to this number. */
    static final int NOTHING = -1;

    private FdShuffle() {}

    /**
     * The number that each target is a copy of, by target; as long as what the child has, standard streams included.
     *
     * @param unmapped what a standard stream is a copy of that nothing is mapped to, or {@link #NOTHING}
     */
    static int[] sources(List<FdMapping> fds, int unmapped) {
        int last = fds.isEmpty() ? 0 : fds.get(fds.size() - 1).target();
        int[] sources = new int[Math.max(3, last + 1)];
        sources[0] = unmapped;
        sources[1] = unmapped;
        sources[2] = unmapped;
        for (FdMapping mapping : fds) {
            sources[mapping.target()] = mapping.fd().number();
        }
        return sources;
    }

    /**
     * Puts the calls in order.
     *
     * @param sources the number that each target is a copy of, by target
     * @return the calls in order; one whose source is its target only clears close-on-exec
     */
    static List<Duplicate> order(int[] sources) {
        List<Duplicate> calls = new ArrayList<>(sources.length);
        int[] pending = Arrays.copyOf(sources, sources.length);
        int spare = 1 + highest(sources);
        while (!takeFree(pending, calls)) {
            // Only cycles are left: one member moves out of the way, which frees the number it sat on.
            int source = first(pending);
            calls.add(new Duplicate(source, spare));
            for (int target = 0; target < pending.length; target++) {
                pending[target] = pending[target] == source ? spare : pending[target];
            }
            spare++;
        }
        return calls;
    }

    /** Does all that can be done before a member of a cycle has moved; true where nothing is left. */
    private static boolean takeFree(int[] pending, List<Duplicate> calls) {
        boolean hasTaken = true;
        boolean isDone = false;
        while (hasTaken && !isDone) {
            hasTaken = false;
            isDone = true;
            for (int target = 0; target < pending.length; target++) {
                if (pending[target] == NOTHING) {
                    continue;
                }
                if (isNeeded(target, pending)) {
                    isDone = false;
                } else {
                    calls.add(new Duplicate(pending[target], target));
                    pending[target] = NOTHING;
                    hasTaken = true;
                }
            }
        }
        return isDone;
    }

    /** Whether another target still has to be copied from that number. */
    private static boolean isNeeded(int number, int[] pending) {
        for (int target = 0; target < pending.length; target++) {
            if (pending[target] == number && target != number) {
                return true;
            }
        }
        return false;
    }

    private static int first(int[] pending) {
        for (int source : pending) {
            if (source != NOTHING) {
                return source;
            }
        }
        throw new IllegalStateException("nothing is pending");
    }

    private static int highest(int[] sources) {
        int highest = Math.max(2, sources.length - 1);
        for (int source : sources) {
            highest = Math.max(highest, source);
        }
        return highest;
    }
}
