package dev.activator.server;

import dev.activator.config.ActivatorDirectives;
import dev.activator.config.FailureMode;
import dev.activator.config.ServiceUnit;
import dev.activator.config.SocketDirectives;
import dev.activator.config.SocketUnit;
import dev.activator.config.UnitDirectives;
import java.time.Duration;

/**
 * Which limits hold for a unit. A limit that a unit sets holds as it stands. systemd's defaults, which an ordinary client trips, hold
 * under {@code FailureMode=systemd} only; without them it is the back-off that slows a failing service down.
 */
public final class Limits {
    private static final Duration TRIGGER_INTERVAL = Duration.ofSeconds(2);
    private static final int TRIGGER_BURST = 20;
    private static final int TRIGGER_BURST_PER_CONNECTION = 200;

    private Limits() {}

    static RateLimit trigger(SocketUnit unit) {
        boolean isSet =
                unit.isSet(SocketDirectives.TRIGGER_LIMIT_BURST) || unit.isSet(SocketDirectives.TRIGGER_LIMIT_INTERVAL);
        if (!isSet && unit.get(ActivatorDirectives.FAILURE_MODE) != FailureMode.SYSTEMD) {
            return RateLimit.none();
        }
        int fallback = unit.takesConnections() ? TRIGGER_BURST_PER_CONNECTION : TRIGGER_BURST;
        return new RateLimit(
                unit.isSet(SocketDirectives.TRIGGER_LIMIT_INTERVAL)
                        ? unit.get(SocketDirectives.TRIGGER_LIMIT_INTERVAL)
                        : TRIGGER_INTERVAL,
                unit.isSet(SocketDirectives.TRIGGER_LIMIT_BURST)
                        ? unit.get(SocketDirectives.TRIGGER_LIMIT_BURST)
                        : fallback);
    }

    static RateLimit start(ServiceUnit unit) {
        return hasStart(unit)
                ? new RateLimit(
                        unit.get(UnitDirectives.START_LIMIT_INTERVAL), unit.get(UnitDirectives.START_LIMIT_BURST))
                : RateLimit.none();
    }

    /** Whether the unit's starts are counted at all. StartLimitBurst=, StartLimitIntervalSec=. */
    public static boolean hasStart(ServiceUnit unit) {
        boolean isSet = unit.isSet(UnitDirectives.START_LIMIT_BURST) || unit.isSet(UnitDirectives.START_LIMIT_INTERVAL);
        boolean isNone = unit.get(UnitDirectives.START_LIMIT_BURST) == 0
                || unit.get(UnitDirectives.START_LIMIT_INTERVAL).isZero();
        return !isNone && (isSet || unit.get(ActivatorDirectives.FAILURE_MODE) == FailureMode.SYSTEMD);
    }

    /** Delays between the tries of a failing service: from 100 ms to BackoffMaxSec=. */
    static Backoff backoff(ServiceUnit unit) {
        return new Backoff(Duration.ofMillis(100), unit.get(ActivatorDirectives.BACKOFF_MAX));
    }
}
