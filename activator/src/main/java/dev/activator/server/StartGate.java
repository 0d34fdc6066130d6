package dev.activator.server;

import dev.activator.config.ServiceUnit;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Whether an instance may start now, and how long it is left alone after a failure: refusals, the start limit, the back-off. */
final class StartGate {
    private RateLimit startLimit;
    private Backoff backoff;
    private Duration suspension = Duration.ZERO;

    /** Why a start is not admitted. */
    record Rejection(RunResult result, String why) {}

    StartGate(ServiceUnit unit) {
        this.startLimit = Limits.start(unit);
        this.backoff = Limits.backoff(unit);
    }

    void redeclare(ServiceUnit unit) {
        startLimit = Limits.start(unit);
        backoff = Limits.backoff(unit);
    }

    /** Counts a start at {@code now}, in the loop's nanoseconds; null where nothing speaks against it. */
    @Nullable
    Rejection admit(ServiceUnit unit, long now) {
        suspension = Duration.ZERO;
        String refusal = ServicePolicy.refusal(unit);
        if (refusal != null) {
            suspension = backoff.next();
            return new Rejection(RunResult.RESOURCES, refusal);
        }
        if (!startLimit.admit(now)) {
            suspension = backoff.next();
            waitAtLeast(startLimit.untilNextWindow(now));
            return new Rejection(
                    RunResult.START_LIMIT_HIT, "start limit reached (StartLimitBurst=, StartLimitIntervalSec=)");
        }
        return null;
    }

    /** A run has failed, or could not begin for want of something: the suspension grows. */
    void failed() {
        suspension = backoff.next();
    }

    /** A run has ended as it should. */
    void succeeded() {
        backoff.reset();
    }

    /** Waits at least that long before the next try. */
    void waitAtLeast(Duration configured) {
        suspension = configured.compareTo(suspension) > 0 ? configured : suspension;
    }

    /** Forgets all that happened. */
    void reset() {
        startLimit.reset();
        backoff.reset();
        suspension = Duration.ZERO;
    }

    /** How long the instance wants to be left alone. */
    Duration suspension() {
        return suspension;
    }
}
