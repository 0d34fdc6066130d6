package dev.activator.server;

import dev.activator.control.WakeReport;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An instance at one moment, for status and show; to be read on the loop.
 *
 * @param retryAt when a state with a timer of its own goes on by itself, null where it does not
 * @param suspension how long a failed instance wants to be left alone before the next activation
 * @param asleep why one that stands still does so and what became of its memory, empty for others
 * @param lastWake its latest start, null before the first
 */
record InstanceView(
        ServiceState state,
        ServiceRun run,
        String cause,
        Instant since,
        @Nullable Instant retryAt,
        Duration suspension,
        long restarts,
        String asleep,
        @Nullable WakeReport lastWake) {}
