package dev.activator.server;

import dev.activator.config.TimeSpan;
import dev.activator.config.UnitName;
import dev.activator.listener.Loop;
import dev.activator.listener.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The timers of one instance: its state's limit, its watchdog, the next look at something the kernel sends no event for, and how long its
 * door may stay shut.
 */
final class InstanceTimers {
    private final Loop loop;
    private final UnitName owner;
    private @Nullable Timer limit;
    /** When the limit ends, in the loop's nanoseconds. */
    private long limitEnd;

    private @Nullable Timer watchdog;
    private @Nullable Timer look;
    private @Nullable Timer door;

    InstanceTimers(Loop loop, UnitName owner) {
        this.loop = loop;
        this.owner = owner;
    }

    /** Put into words only where a task fails: most timers are cancelled. */
    private record Purpose(String what, UnitName owner) {
        @Override
        public String toString() {
            return what + owner;
        }
    }

    /** Sets the limit of the state that was entered; infinity sets none, zero runs at once. Ends the next look. */
    void limit(Duration duration, Runnable expired) {
        cancel(look);
        look = null;
        setLimit(duration, expired);
    }

    /** Puts the end of the limit off to that long from now; nothing where none is set, or one that ends later anyway. */
    void extend(Duration fromNow, Runnable expired) {
        boolean isLonger = fromNow.compareTo(Duration.ofNanos(limitEnd - loop.nanoTime())) > 0;
        if (limit != null && isLonger) {
            setLimit(fromNow, expired);
        }
    }

    private void setLimit(Duration duration, Runnable expired) {
        cancel(limit);
        limit = null;
        if (!duration.equals(TimeSpan.INFINITY)) {
            limit = loop.after(duration, new Purpose("time limit of ", owner), () -> {
                limit = null;
                expired.run();
            });
            limitEnd = loop.nanoTime() + TimeUnit.NANOSECONDS.convert(duration);
        }
    }

    /** Restarts the watchdog; zero and infinity end it. */
    void watchdog(Duration duration, Runnable expired) {
        cancel(watchdog);
        boolean runs = !duration.isZero() && !duration.equals(TimeSpan.INFINITY);
        watchdog = runs ? loop.after(duration, new Purpose("watchdog of ", owner), expired) : null;
    }

    void endWatchdog() {
        cancel(watchdog);
        watchdog = null;
    }

    /** Looks again after a while unless the state changes before. */
    void look(Duration after, Runnable task) {
        cancel(look);
        look = loop.after(after, new Purpose("next look at ", owner), task);
    }

    /** Opens the door whatever the state is by then. */
    void door(Duration after, Runnable opening) {
        endDoor();
        door = loop.after(after, new Purpose("opening the door of ", owner), opening);
    }

    void endDoor() {
        cancel(door);
        door = null;
    }

    private static void cancel(@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
    }
}
