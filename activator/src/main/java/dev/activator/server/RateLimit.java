package dev.activator.server;

import java.time.Duration;

/**
 * At most {@code burst} events in each window of {@code interval}; a window begins with the first event after the last one ended. An
 * interval or burst of zero sets no limit. The same counting as systemd's (systemd.unit(5) StartLimitBurst=).
 */
final class RateLimit {
    private final long intervalNanos;
    private final long burst;
    private long windowStart;
    private long counted;

    RateLimit(Duration interval, long burst) {
        this.intervalNanos = interval.compareTo(Duration.ofDays(36_500)) >= 0 ? Long.MAX_VALUE : interval.toNanos();
        this.burst = burst;
    }

    static RateLimit none() {
        return new RateLimit(Duration.ZERO, 0);
    }

    /** Counts one event at {@code now}, in nanoseconds of the loop's clock; false where it is over the limit. */
    boolean admit(long now) {
        if (intervalNanos == 0 || burst == 0) {
            return true;
        }
        if (counted == 0 || now - windowStart >= intervalNanos) {
            windowStart = now;
            counted = 0;
        }
        if (counted >= burst) {
            return false;
        }
        counted++;
        return true;
    }

    /** Whether the next event, at {@code now}, would be over the limit; counts nothing. */
    boolean isExhausted(long now) {
        return intervalNanos != 0 && burst != 0 && counted >= burst && now - windowStart < intervalNanos;
    }

    /** Time from {@code now} until the current window ends and the next event is admitted. */
    Duration untilNextWindow(long now) {
        return counted < burst ? Duration.ZERO : Duration.ofNanos(Math.max(0, intervalNanos - (now - windowStart)));
    }

    Duration interval() {
        return Duration.ofNanos(intervalNanos);
    }

    void reset() {
        counted = 0;
    }
}
