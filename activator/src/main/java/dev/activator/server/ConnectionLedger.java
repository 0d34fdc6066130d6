package dev.activator.server;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts the connections of one unit: open ones by source, accepted ones altogether, refused ones by cause. */
final class ConnectionLedger {
    private final Map<String, Integer> openBySource = new HashMap<>();
    private final Map<RefusalCause, Long> refused = new EnumMap<>(RefusalCause.class);
    private int open;
    private long accepted;

    void opened(String source) {
        openBySource.merge(source, 1, Integer::sum);
        open++;
        accepted++;
    }

    void ended(String source) {
        openBySource.computeIfPresent(source, (key, count) -> count == 1 ? null : count - 1);
        open--;
    }

    void refused(RefusalCause cause, int count) {
        refused.merge(cause, (long) count, Long::sum);
    }

    int count() {
        return open;
    }

    int count(String source) {
        return openBySource.getOrDefault(source, 0);
    }

    long accepted() {
        return accepted;
    }

    long refused() {
        return refused.values().stream().mapToLong(Long::longValue).sum();
    }

    /** How many for what, by the cause's word. */
    SortedMap<String, Long> refusedBy() {
        SortedMap<String, Long> counts = new TreeMap<>();
        refused.forEach((cause, count) -> counts.put(cause.word(), count));
        return counts;
    }
}
