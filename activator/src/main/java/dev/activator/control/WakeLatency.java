package dev.activator.control;

import org.jspecify.annotations.Nullable;

/**
 * How long clients waited for a service to be ready, in microseconds; null where it was not woken.
 *
 * @param p50 half of the wakes were quicker
 * @param p95 all but one in twenty were
 */
public record WakeLatency(
        @Nullable Long p50, @Nullable Long p95, @Nullable Long max) {}
