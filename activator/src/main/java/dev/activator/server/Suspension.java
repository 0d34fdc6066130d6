package dev.activator.server;

import java.time.Instant;

/**
 * An activation that rests: its listeners stay open, its service is not woken.
 *
 * @param why one clause for people
 * @param until when it is tried again
 * @param attempt how many times in a row, 1 for the first
 */
record Suspension(SuspensionCause cause, String why, Instant until, int attempt) {}
