package dev.activator.server;

import java.time.Duration;

/** Delays that double from one failure to the next until a success resets them. */
final class Backoff {
    private final Duration first;
    private final Duration most;
    private int failures;

    /** The delay after the first failure and the longest one; both above zero. */
    Backoff(Duration first, Duration most) {
        this.first = first;
        this.most = most;
    }

    /** Counts one failure and tells how long to wait before the next try. */
    Duration next() {
        int doublings = Math.min(failures++, 30);
        Duration delay = first.multipliedBy(1L << doublings);
        return delay.compareTo(most) > 0 ? most : delay;
    }

    int failures() {
        return failures;
    }

    void reset() {
        failures = 0;
    }
}
