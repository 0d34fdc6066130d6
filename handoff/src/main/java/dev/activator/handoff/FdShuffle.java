package dev.activator.handoff;

import dev.activator.handoff.kernel.SpawnRequest.Duplicate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The order of dup2 calls by which a child's descriptors get their numbers, although numbers overlap: 3 may have to become 4 and 4
 * become 3. No call overwrites a descriptor that a later one still copies. Pure.
 */
final class FdShuffle {
    private FdShuffle() {}

    /**
     * Puts the calls in order.
     *
     * @param sources the number that each target is a copy of, by target
     * @return the calls in order; one whose source is its target only clears close-on-exec
     */
    static List<Duplicate> order(Map<Integer, Integer> sources) {
        return overlap(sources) ? shuffle(sources) : inGivenOrder(sources);
    }

    private static boolean overlap(Map<Integer, Integer> sources) {
        for (Map.Entry<Integer, Integer> entry : sources.entrySet()) {
            if (sources.containsKey(entry.getValue())) {
                return true;
            }
        }
        return false;
    }

    private static List<Duplicate> inGivenOrder(Map<Integer, Integer> sources) {
        List<Duplicate> calls = new ArrayList<>(sources.size());
        sources.forEach((target, source) -> calls.add(new Duplicate(source, target)));
        return calls;
    }

    private static List<Duplicate> shuffle(Map<Integer, Integer> sources) {
        Map<Integer, Integer> pending = new LinkedHashMap<>(sources);
        List<Duplicate> calls = new ArrayList<>();
        int spare = 1 + highest(sources);
        while (!pending.isEmpty()) {
            if (!takeFree(pending, calls)) {
                // Only cycles are left: one member moves out of the way, which frees the number it sat on.
                int source = pending.values().iterator().next();
                calls.add(new Duplicate(source, spare));
                int moved = spare++;
                pending.replaceAll((target, from) -> from == source ? moved : from);
            }
        }
        return calls;
    }

    /** Does all that can be done at once: targets that nobody else still copies from. */
    private static boolean takeFree(Map<Integer, Integer> pending, List<Duplicate> calls) {
        int before = pending.size();
        new LinkedHashMap<>(pending).forEach((target, source) -> {
            boolean isNeeded = pending.entrySet().stream()
                    .anyMatch(other ->
                            !other.getKey().equals(target) && other.getValue().equals(target));
            if (!isNeeded) {
                calls.add(new Duplicate(source, target));
                pending.remove(target);
            }
        });
        return pending.size() < before;
    }

    private static int highest(Map<Integer, Integer> sources) {
        int highest = 2;
        for (Map.Entry<Integer, Integer> entry : sources.entrySet()) {
            highest = Math.max(highest, Math.max(entry.getKey(), entry.getValue()));
        }
        return highest;
    }
}
