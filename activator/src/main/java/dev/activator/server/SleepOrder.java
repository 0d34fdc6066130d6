package dev.activator.server;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * That an instance is to be put to sleep.
 *
 * @param why for people: {@code idle: no connection for 10min (IdleTimeoutSec=)}
 * @param usedBy asked once more when nothing in it runs: what uses it, {@code 2 connections}, or null for nothing. It then stays awake
 */
record SleepOrder(Depth depth, String why, Supplier<@Nullable String> usedBy) {

    /** How deep. */
    enum Depth {
        /** Its processes stand still. */
        FROZEN,
        /** Its processes end by the unit's own stop sequence. */
        STOPPED,
        /** Its processes had their time to end, and are killed. */
        KILLED
    }

    /** The same for one that did not end by itself. */
    SleepOrder atLast() {
        return new SleepOrder(Depth.KILLED, why, usedBy);
    }

    /** The same for one that is frozen and has been for long enough. */
    SleepOrder deeper() {
        return new SleepOrder(Depth.STOPPED, why, usedBy);
    }
}
