package dev.activator.server;

import dev.activator.config.IdleAction;
import dev.activator.config.TimeSpan;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * That an instance is to be put to sleep.
 *
 * @param why for people: {@code idle: no connection for 10min (IdleTimeoutSec=)}
 * @param usedBy asked once more when nothing in it runs: what uses it, {@code 2 connections}, or null for nothing. It then stays awake
 * @param rest what holds while it stands still
 */
record SleepOrder(Depth depth, String why, Supplier<@Nullable String> usedBy, Rest rest) {

    /** How deep. */
    enum Depth {
        /** Its processes stand still. */
        FROZEN,
        /** Its processes end by the unit's own stop sequence. */
        STOPPED,
        /** Its processes had their time to end, and are killed. */
        KILLED
    }

    /**
     * What holds while it stands still.
     *
     * @param pageOutAfter when its memory is given back
     * @param stopAfter when it is stopped
     * @param hasConnections whether connections may be open, whose bytes wake it
     * @param heedsQueue whether a client in the queue keeps it awake
     */
    record Rest(Duration pageOutAfter, Duration stopAfter, boolean hasConnections, boolean heedsQueue) {
        /** For ever, and any client keeps it awake. */
        static final Rest PLAIN = new Rest(TimeSpan.INFINITY, TimeSpan.INFINITY, false, true);

        static Rest of(SleepPolicy policy) {
            boolean ends = policy.action() == IdleAction.FREEZE_THEN_STOP;
            return new Rest(
                    policy.pageOutAfter(),
                    ends ? policy.freezeMax() : TimeSpan.INFINITY,
                    policy.leavesConnections(),
                    true);
        }

        /** The same whoever waits. */
        Rest heedless() {
            return new Rest(pageOutAfter, stopAfter, hasConnections, false);
        }
    }

    /** As its policy says, unless the observer sees it used at the last look. */
    static SleepOrder of(SleepPolicy policy, UseObserver observer, String why) {
        return new SleepOrder(
                policy.action().freezes() ? Depth.FROZEN : Depth.STOPPED,
                why,
                () -> policy.usedBy(observer.lookThoroughly()),
                Rest.of(policy));
    }

    SleepOrder(Depth depth, String why, Supplier<@Nullable String> usedBy) {
        this(depth, why, usedBy, Rest.PLAIN);
    }

    /** The same for one that did not end by itself. */
    SleepOrder atLast() {
        return new SleepOrder(Depth.KILLED, why, usedBy, rest);
    }

    /** The same for one that is frozen and has been for long enough. */
    SleepOrder deeper() {
        return new SleepOrder(Depth.STOPPED, why, usedBy, rest);
    }
}
