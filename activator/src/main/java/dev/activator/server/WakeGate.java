package dev.activator.server;

import dev.activator.config.AccessDirectives;
import dev.activator.config.ConnectionRate;
import dev.activator.config.DailyHours;
import dev.activator.config.SocketDirectives;
import dev.activator.config.SocketUnit;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What may speak against waking anything just now, whoever comes: AccessTimes=, MaxLoad=, ConnectionRate=, TriggerLimitBurst=. */
final class WakeGate {
    private static final Duration LONG = Duration.ofDays(365);

    private final DailyHours hours;
    private final Optional<Double> mostLoad;
    private final RateLimit rate;
    private final RateLimit polls;
    private final TriggerLimit triggers;
    private final String rateText;
    private final Backoff loadRetry = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));
    private final Surroundings surroundings;
    private final Reception reception;

    WakeGate(SocketUnit unit, Surroundings surroundings, Reception reception) {
        Optional<ConnectionRate> declared = unit.get(AccessDirectives.CONNECTION_RATE);
        this.hours = unit.get(AccessDirectives.ACCESS_TIMES);
        this.mostLoad = unit.get(AccessDirectives.MAX_LOAD);
        this.rate = declared.map(each -> new RateLimit(each.interval(), each.count()))
                .orElseGet(RateLimit::none);
        this.polls = new RateLimit(
                unit.get(SocketDirectives.POLL_LIMIT_INTERVAL), unit.get(SocketDirectives.POLL_LIMIT_BURST));
        this.triggers = new TriggerLimit(unit);
        this.rateText = declared.map(ConnectionRate::toString).orElse("");
        this.surroundings = surroundings;
        this.reception = reception;
    }

    /** Null where nothing speaks against it. */
    @Nullable
    Obstacle obstacle() {
        if (!hours.isAlways()) {
            Instant now = surroundings.now();
            LocalDateTime local = LocalDateTime.ofInstant(now, reception.zone());
            if (!hours.includes(local)) {
                Duration delay = hours.nextChange(local)
                        .map(opening -> Duration.between(now, opening.atZone(reception.zone())))
                        .orElse(LONG);
                return new Obstacle(SuspensionCause.ACCESS_TIMES, delay, "outside AccessTimes=" + hours);
            }
        }
        Obstacle tooBusy = mostLoad.isPresent() ? load(mostLoad.get()) : null;
        return tooBusy != null ? tooBusy : tooFast();
    }

    private @Nullable Obstacle load(double most) {
        double load = reception.load().getAsDouble();
        if (load <= most) {
            loadRetry.reset();
            return null;
        }
        String why = String.format(Locale.ROOT, "the load average is %.2f, above MaxLoad=%s", load, most);
        return new Obstacle(SuspensionCause.LOAD, loadRetry.next(), why);
    }

    /** Asked before each connection that is taken: the limits that it counts for. */
    @Nullable
    Obstacle tooFast() {
        long now = surroundings.nanoTime();
        if (rate.isExhausted(now)) {
            String why = "ConnectionRate=" + rateText + " reached";
            return new Obstacle(SuspensionCause.CONNECTION_RATE, rate.untilNextWindow(now), why);
        }
        if (polls.isExhausted(now)) {
            String why = "poll limit reached (PollLimitBurst=, PollLimitIntervalSec=)";
            return new Obstacle(SuspensionCause.POLL_LIMIT, polls.untilNextWindow(now), why);
        }
        if (triggers.isExhausted(now)) {
            String why = "trigger limit reached (TriggerLimitBurst=, TriggerLimitIntervalSec=)";
            return new Obstacle(SuspensionCause.TRIGGER_LIMIT, triggers.rest(now), why);
        }
        return null;
    }

    /** One connection was let through. */
    void count() {
        rate.admit(surroundings.nanoTime());
        polls.admit(surroundings.nanoTime());
        triggers.count(surroundings.nanoTime());
    }

    /** Forgets what was counted. */
    void reset() {
        rate.reset();
        polls.reset();
        triggers.reset();
        loadRetry.reset();
    }
}
