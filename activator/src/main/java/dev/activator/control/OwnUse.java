package dev.activator.control;

import org.jspecify.annotations.Nullable;

/**
 * What the super-server itself used in the time that a report is about. Null is unknown.
 *
 * @param upSeconds how long it ran
 * @param memory its proportional set size, bytes, mean over that time
 * @param memoryByteSeconds bytes times seconds
 * @param cpuNanos processor time
 * @param switches context switches
 * @param samples how often its memory was looked at
 */
public record OwnUse(
        double upSeconds,
        @Nullable Long memory,
        @Nullable Double memoryByteSeconds,
        @Nullable Double cpuNanos,
        @Nullable Double switches,
        int samples) {}
