package dev.activator.control;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was counted of a service since the super-server began.
 *
 * @param unit the service
 * @param isAwake whether it runs
 * @param isFrozen whether it stands still in memory
 * @param memory its proportional set size at the last look, bytes; null where it has no processes, or nobody could say
 * @param wakes how many took at most {@link #BOUNDS}{@code [i]} seconds and more than the bound before; the last one, more than all
 * @param wakeSeconds how long all of them took together
 * @param ends how often it ended, by the word of how
 */
public record UnitCounts(
        String unit,
        boolean isAwake,
        boolean isFrozen,
        @Nullable Long memory,
        List<Long> wakes,
        double wakeSeconds,
        SortedMap<String, Long> ends) {
    /** Upper bounds of the buckets of wakes, seconds, ascending. */
    public static final List<Double> BOUNDS =
            List.of(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0);

    public UnitCounts {
        wakes = List.copyOf(wakes);
        ends = Collections.unmodifiableSortedMap(new TreeMap<>(ends));
    }
}
