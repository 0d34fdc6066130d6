package dev.activator.server;

import dev.activator.config.ActivatorDirectives;
import dev.activator.config.SocketUnit;
import java.time.Duration;

/**
 * TriggerLimitBurst= and what follows when it is reached. A service that reaches it again as soon as it may is left alone for twice as long
 * each time, up to BackoffMaxSec=. With Accept=yes, where it is clients that come so fast, it is the rest of the interval each time.
 */
final class TriggerLimit {
    private final RateLimit limit;
    private final Duration longest;
    private final boolean doubles;
    private int hits;
    private long restEnds;

    TriggerLimit(SocketUnit unit) {
        this.limit = Limits.trigger(unit);
        this.longest = unit.get(ActivatorDirectives.BACKOFF_MAX);
        this.doubles = !unit.takesConnections();
    }

    boolean isExhausted(long now) {
        return limit.isExhausted(now);
    }

    void count(long now) {
        limit.admit(now);
    }

    /** How long to rest now that it is reached. */
    Duration rest(long now) {
        Duration window = limit.untilNextWindow(now);
        boolean isAgain = hits > 0 && now - restEnds <= limit.interval().toNanos();
        hits = isAgain && doubles ? Math.min(hits + 1, 30) : 1;
        Duration rest = window.multipliedBy(1L << (hits - 1));
        Duration most = longest.compareTo(window) > 0 ? longest : window;
        rest = rest.compareTo(most) > 0 ? most : rest;
        restEnds = now + rest.toNanos();
        return rest;
    }

    void reset() {
        limit.reset();
        hits = 0;
    }
}
