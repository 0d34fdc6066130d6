package dev.activator.control;

/**
 * Why an activation rests; the unit's state has the sentence, since when, and when it is tried again.
 *
 * @param cause {@code trigger-limit start-limit service-failed nothing-accepted shortage no-service connection-rate access-times load}
 * @param attempt how many times in a row, 1 for the first
 */
public record SuspendedBy(String cause, int attempt) {}
