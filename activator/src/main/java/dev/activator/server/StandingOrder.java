package dev.activator.server;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an operator has ordered of a unit and holds until it is lifted or its time is over. Reading the unit files again does not lift it; the
 * super-server's end does.
 *
 * @param reason the operator's own words, may be empty
 * @param by who it was
 * @param until when it is lifted by itself; null for never
 */
record StandingOrder(
        Kind kind,
        String reason,
        String by,
        Instant since,
        @Nullable Instant until) {

    /** What it orders. */
    enum Kind {
        /** Clients wait and nothing starts. */
        HOLD(true),
        /** The same, once what is open has been finished. */
        DRAIN(true),
        /** The same while it sleeps: {@code sleep --for}. */
        SLEEP(true),
        /** The same while its processes stand still, whoever comes. */
        FREEZE(true),
        /** It stays awake however idle it is: {@code wake --for}, {@code thaw --for}. */
        WAKE(false),
        /** Clients are let in for a while; then another order holds again: {@code release --for}. */
        RELEASE(false);

        private final boolean holds;

        Kind(boolean holds) {
            this.holds = holds;
        }

        /** Whether clients wait in the queue. */
        boolean holds() {
            return holds;
        }

        /** The verb that gives it. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** One that holds for that long from now; null is for ever. */
    static StandingOrder now(Kind kind, String reason, String by, Instant now, @Nullable Duration time) {
        return new StandingOrder(kind, reason, by, now, time == null ? null : now.plus(time));
    }
}
