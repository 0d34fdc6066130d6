package dev.activator.server;

import dev.activator.config.TimeSpan;
import dev.activator.listener.ConnectionCounter;
import dev.activator.listener.Listener;
import dev.activator.listener.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks, while one service is up, whether any connection of its listeners is open, and stops it once none was for IdleTimeoutSec=. The
 * kernel sends no event for the end of a connection that another process holds, hence the looks; there are none while it sleeps.
 */
final class IdleWatch {
    private static final Duration SHORTEST_LOOK = Duration.ofMillis(100);
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(10);
    private static final int LOOKS_PER_TIMEOUT = 5;

    private final Surroundings surroundings;
    private final ConnectionCounter counter;
    private final Supplier<List<Listener>> listeners;
    private final Duration timeout;
    private final Runnable onIdle;
    private long idleSince;
    private @Nullable Instant stopsAt;
    private @Nullable Timer timer;

    IdleWatch(
            Surroundings surroundings,
            ConnectionCounter counter,
            Supplier<List<Listener>> listeners,
            Duration timeout,
            Runnable onIdle) {
        this.surroundings = surroundings;
        this.counter = counter;
        this.listeners = listeners;
        this.timeout = timeout;
        this.onIdle = onIdle;
    }

    void begin() {
        used();
        lookLater();
    }

    void end() {
        if (timer != null) {
            timer.cancel();
        }
        stopsAt = null;
    }

    /** When the service is going to be stopped if no connection comes; null while one is open. */
    @Nullable
    Instant stopsAt() {
        return stopsAt;
    }

    private void used() {
        idleSince = surroundings.nanoTime();
        stopsAt = null;
    }

    private void lookLater() {
        Duration part = timeout.dividedBy(LOOKS_PER_TIMEOUT);
        Duration interval = part.compareTo(SHORTEST_LOOK) < 0
                ? SHORTEST_LOOK
                : part.compareTo(LONGEST_LOOK) > 0 ? LONGEST_LOOK : part;
        timer = surroundings.loop().after(interval, "look for open connections", this::look);
    }

    private void look() {
        if (counter.openConnections(listeners.get()) > 0) {
            used();
        } else if (stopsAt == null) {
            idleSince = surroundings.nanoTime();
            stopsAt = surroundings.now().plus(timeout);
        } else if (surroundings.nanoTime() - idleSince >= timeout.toNanos()) {
            stopsAt = null;
            onIdle.run();
            return;
        }
        lookLater();
    }

    /** What the stop gives as its reason. */
    static String reason(Duration timeout) {
        return "idle: no connection for " + TimeSpan.format(timeout) + " (IdleTimeoutSec=)";
    }
}
