package dev.activator.server;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Counts the connections of one {@code Accept=yes} unit: open ones by source, accepted and refused ones altogether. */
final class ConnectionLedger {
    private final Map<String, Integer> openBySource = new HashMap<>();
    private final Set<String> refusalsSaid = new TreeSet<>();
    private int open;
    private long accepted;
    private long refused;

    void opened(String source) {
        openBySource.merge(source, 1, Integer::sum);
        open++;
        accepted++;
        refusalsSaid.clear();
    }

    void ended(String source) {
        openBySource.computeIfPresent(source, (key, count) -> count == 1 ? null : count - 1);
        open--;
    }

    /** Counts a refusal; true where this reason was not said since the last admission. */
    boolean refused(String reason) {
        refused++;
        return refusalsSaid.add(reason);
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
        return refused;
    }
}
