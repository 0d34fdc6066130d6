package dev.activator.control;

import java.util.List;

/**
 * What was counted since the super-server began.
 *
 * @param units services that have been woken, sorted
 * @param looks how often services were looked at
 * @param lookSeconds how long that took
 */
public record Counts(List<UnitCounts> units, long looks, double lookSeconds) {
    public Counts {
        units = List.copyOf(units);
    }
}
