package dev.activator.server;

import dev.activator.config.DailyHours;
import dev.activator.config.TimeSpan;
import dev.activator.listener.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks, while one service is up, whether anything uses it, and says so once nothing did for IdleTimeoutSec=. The kernel sends no event for
 * the end of a connection that another process holds, hence the looks; there are none while it sleeps.
 */
final class IdleWatch {
    private static final Duration SHORTEST_LOOK = Duration.ofMillis(10);
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(10);
    private static final int LOOKS_PER_TIMEOUT = 5;
    /** A long timeout is kept to a sixtieth of it. */
    private static final int MOST_LOOKS_PER_TIMEOUT = 60;
    /** Looks that are further apart than that come together with those of other services: waking up costs more than looking. */
    private static final Duration ALONE = Duration.ofSeconds(5);

    private static final long TOGETHER_NANOS = Duration.ofSeconds(1).toNanos();

    private final Surroundings surroundings;
    private final ZoneId zone;
    private final SleepPolicy policy;
    private final Supplier<Observation> observe;
    private final BooleanSupplier isOrderedAwake;
    private final BooleanSupplier fallAsleep;
    private final long upSince;
    private long idleSince;
    private boolean isIdle;
    private @Nullable Observation last;
    private @Nullable Timer timer;

    /**
     * A watch that has not begun.
     *
     * @param zone where KeepWarm= is local
     * @param isOrderedAwake whether an operator wants it awake just now
     * @param fallAsleep puts it to sleep, or is looked at again; false where it is not in a state for that
     */
    IdleWatch(
            Surroundings surroundings,
            ZoneId zone,
            SleepPolicy policy,
            Supplier<Observation> observe,
            BooleanSupplier isOrderedAwake,
            BooleanSupplier fallAsleep) {
        this.surroundings = surroundings;
        this.zone = zone;
        this.policy = policy;
        this.observe = observe;
        this.isOrderedAwake = isOrderedAwake;
        this.fallAsleep = fallAsleep;
        this.upSince = surroundings.nanoTime();
    }

    SleepPolicy policy() {
        return policy;
    }

    /** Begins, or begins again after it stood still: it counts as used up to now. Nothing where it has begun. */
    void begin() {
        if (timer == null) {
            isIdle = false;
            lookLater(interval());
        }
    }

    void end() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        isIdle = false;
    }

    /** When it is put to sleep if nothing uses it; null while something does, or something else keeps it awake. */
    @Nullable
    Instant sleepsAt() {
        if (!isIdle || keptAwakeBy() != null) {
            return null;
        }
        Duration left = policy.timeout().minus(idleFor());
        return surroundings.now().plus(left.isNegative() ? Duration.ZERO : left);
    }

    /** How long nothing has used it; zero while something does. */
    Duration idleFor() {
        return isIdle ? Duration.ofNanos(surroundings.nanoTime() - idleSince) : Duration.ZERO;
    }

    /** Null before the first look. */
    @Nullable
    Observation last() {
        return last;
    }

    /** What keeps it awake however idle it is; null where nothing does. */
    @Nullable
    String keptAwakeBy() {
        if (isOrderedAwake.getAsBoolean()) {
            return "an operator's order";
        }
        if (Duration.ofNanos(surroundings.nanoTime() - upSince).compareTo(policy.minUptime()) < 0) {
            return "MinUptimeSec=" + TimeSpan.format(policy.minUptime());
        }
        DailyHours warm = policy.keepWarm();
        boolean isWarm = !warm.isNever() && warm.includes(LocalDateTime.ofInstant(surroundings.now(), zone));
        return isWarm ? "KeepWarm=" + warm : null;
    }

    private Duration interval() {
        Duration part = policy.timeout().dividedBy(LOOKS_PER_TIMEOUT);
        Duration longest = longer(LONGEST_LOOK, policy.timeout().dividedBy(MOST_LOOKS_PER_TIMEOUT));
        return part.compareTo(longest) > 0 ? longest : longer(SHORTEST_LOOK, part);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    private void lookLater(Duration after) {
        timer = surroundings.loop().after(after, "look whether it is used", this::look);
    }

    private void look() {
        Observation seen = observe.get();
        last = seen;
        if (policy.usedBy(seen) != null) {
            isIdle = false;
        } else if (!isIdle) {
            isIdle = true;
            idleSince = surroundings.nanoTime();
        } else if (idleFor().compareTo(policy.timeout()) >= 0 && keptAwakeBy() == null) {
            timer = null;
            if (fallAsleep.getAsBoolean()) {
                return; // whatever came of it, the state of the service ends or begins the looks
            }
        }
        Duration left = policy.timeout().minus(idleFor());
        boolean isNear = isIdle && !left.isNegative() && !left.isZero() && left.compareTo(interval()) < 0;
        lookLater(isNear ? left : together(interval()));
    }

    /** At the end of a whole second of the loop's clock. */
    private Duration together(Duration interval) {
        if (interval.compareTo(ALONE) < 0) {
            return interval;
        }
        long due = surroundings.nanoTime() + interval.toNanos();
        return interval.minusNanos(Math.floorMod(due, TOGETHER_NANOS));
    }
}
