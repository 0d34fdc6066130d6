package dev.activator.control;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One stretch of a service's being awake: what woke it, how long that took, and how it went to sleep again.
 *
 * @param unit the service
 * @param wake when it was woken, by whom, and the phases until it was ready
 * @param waited clients that were in the queues of its sockets when it was ready, and so had to wait for it
 * @param endedAt when it ended; null while it goes on
 * @param end how: {@code stopped frozen exited failed}; empty while it goes on
 * @param why the reason, for people: {@code idle: no connection for 5min (IdleTimeoutSec=)}
 */
public record PastRun(
        String unit, WakeReport wake, int waited, @Nullable Instant endedAt, String end, String why) {}
