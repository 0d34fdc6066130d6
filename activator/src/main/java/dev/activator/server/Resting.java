package dev.activator.server;

import dev.activator.config.TimeSpan;
import dev.activator.config.UnitName;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An activation's suspensions, one after the other; each cause is said at most once a minute. */
final class Resting {
    private final UnitName unit;
    private final Surroundings surroundings;
    private final Sayings<SuspensionCause> sayings = new Sayings<>(SuspensionCause.class);
    private final Backoff shortage = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(5));
    private final Backoff noService = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));
    private @Nullable Suspension last;

    Resting(UnitName unit, Surroundings surroundings) {
        this.unit = unit;
        this.surroundings = surroundings;
    }

    /** Notes the next one. {@code consequence}: what becomes of clients meanwhile. */
    void begin(Obstacle obstacle, String consequence) {
        SuspensionCause cause = obstacle.cause();
        int attempt = last != null && last.cause() == cause ? last.attempt() + 1 : 1;
        last = new Suspension(cause, obstacle.why(), surroundings.now().plus(obstacle.delay()), attempt);
        String text = obstacle.why() + ", " + consequence + ", resuming in " + TimeSpan.format(obstacle.delay());
        sayings.say(
                cause, surroundings.nanoTime(), text, line -> surroundings.log().suspended(unit, line));
    }

    Obstacle shortage(String why) {
        return new Obstacle(SuspensionCause.SHORTAGE, shortage.next(), "cannot accept: " + why);
    }

    Obstacle noService(UnitName service) {
        String why = "no service " + service + " is loaded";
        return new Obstacle(SuspensionCause.NO_SERVICE, noService.next(), why);
    }

    /** Whether the last one was for this. */
    boolean wasFor(SuspensionCause cause) {
        return last != null && last.cause() == cause;
    }

    /** Somebody was served: what comes next is a first attempt again. */
    void healed() {
        last = null;
        shortage.reset();
        noService.reset();
    }

    /** Null where nothing has stood in the way since somebody was served. */
    @Nullable
    Suspension last() {
        return last;
    }
}
