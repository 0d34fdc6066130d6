package dev.activator.control;

import java.time.Instant;
import java.util.List;

/**
 * How one activation went.
 *
 * @param at when the first connection was noticed
 * @param cause what woke the service: {@code connection on [::]:80}, {@code start by uid 0}
 * @param phases in the order in which they happened, without gaps; their sum is the wake latency
 */
public record WakeReport(Instant at, String cause, List<WakePhase> phases) {
    public WakeReport {
        phases = List.copyOf(phases);
    }

    /** From the first readiness of the listener to the service's own readiness, in microseconds. */
    public long totalMicros() {
        return phases.stream().mapToLong(WakePhase::micros).sum();
    }
}
