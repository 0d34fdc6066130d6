package dev.activator.control;

import org.jspecify.annotations.Nullable;

/**
 * What a service takes while it runs and nobody uses it, as it was measured over its whole process tree. Null is unknown, never nothing.
 *
 * @param memory mean proportional set size, bytes
 * @param memoryLow the least that was seen
 * @param memoryHigh the most that was seen
 * @param cpuNanosPerSecond processor time per second of idleness
 * @param switchesPerSecond context switches per second of idleness, voluntary or not: how often it wakes a processor
 * @param threads of all its processes
 * @param samples how often it was looked at
 * @param isIdle false where it was only ever seen in use, so that the figures are of that
 * @param unknown why something is unknown; empty where all is known
 */
public record Footprint(
        @Nullable Long memory,
        @Nullable Long memoryLow,
        @Nullable Long memoryHigh,
        @Nullable Double cpuNanosPerSecond,
        @Nullable Double switchesPerSecond,
        @Nullable Integer threads,
        int samples,
        boolean isIdle,
        String unknown) {}
