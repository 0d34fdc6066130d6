package dev.activator.experiment;

/**
 * One client that comes.
 *
 * @param atNanos when, after the begin
 * @param subject to which of the experiment's sockets, by its index
 */
record Arrival(long atNanos, int subject) {}
