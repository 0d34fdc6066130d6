package dev.activator.control;

import org.jspecify.annotations.Nullable;

/**
 * What one service did not use because it slept, and what its clients paid for that.
 *
 * @param unit the service
 * @param awakeSeconds how long it ran
 * @param asleepSeconds how long it did not, while its sockets were held for it; frozen time included
 * @param frozenSeconds how long of that it stood still in memory
 * @param downSeconds how long it was down after a failure, which saves nothing
 * @param footprint what it takes when it runs idle
 * @param memoryByteSeconds bytes times seconds of memory that were not used; null where the footprint is unknown
 * @param cpuNanos processor time that was not used
 * @param switches context switches that were spared
 * @param wakes how often it was woken
 * @param waited clients that waited for it
 * @param latency of the wakes
 */
public record UnitSavings(
        String unit,
        double awakeSeconds,
        double asleepSeconds,
        double frozenSeconds,
        double downSeconds,
        Footprint footprint,
        @Nullable Double memoryByteSeconds,
        @Nullable Double cpuNanos,
        @Nullable Double switches,
        int wakes,
        long waited,
        WakeLatency latency) {}
