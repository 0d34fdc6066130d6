package dev.activator.server;

import dev.activator.accounting.End;
import dev.activator.control.UnitCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts the wakes and ends of one service since the super-server began. For the loop's thread. */
final class WakeTally {
    private static final double MICROS = 1e6;

    private final long[] wakes = new long[UnitCounts.BOUNDS.size() + 1];
    private final SortedMap<String, Long> ends = new TreeMap<>();
    private double seconds;
    private boolean isAwake;
    private boolean isFrozen;
    private @Nullable Long memory;

    void woke(long micros) {
        double took = micros / MICROS;
        int bucket = 0;
        while (bucket < UnitCounts.BOUNDS.size() && took > UnitCounts.BOUNDS.get(bucket)) {
            bucket++;
        }
        wakes[bucket]++;
        seconds += took;
        isAwake = true;
        isFrozen = false;
    }

    void ended(End end) {
        ends.merge(end.word(), 1L, Long::sum);
        isAwake = false;
        isFrozen = end == End.FROZEN;
        if (!isFrozen) {
            memory = null;
        }
    }

    /** At the last look; negative where nobody could say. */
    void looked(long bytes) {
        memory = bytes < 0 ? null : bytes;
    }

    UnitCounts counts(String unit) {
        List<Long> counts = new ArrayList<>();
        for (long count : wakes) {
            counts.add(count);
        }
        return new UnitCounts(unit, isAwake, isFrozen, memory, counts, seconds, ends);
    }
}
