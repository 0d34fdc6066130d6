package dev.activator.server;

import dev.activator.config.UnitName;

/** Where the machines say what happened, each thing once. Called on the loop; must not block. */
interface EventLog {
    /** Expected, worth a line: a unit listens, a service is ready. */
    void note(UnitName unit, String message);

    /** Not as it should be, and taken care of: a limit, a back-off, an approximation. */
    void warn(UnitName unit, String message);

    /** Clients are sent away; a warning of its own kind. */
    default void refused(UnitName unit, String message) {
        warn(unit, message);
    }

    /** An activation rests; a warning of its own kind. */
    default void suspended(UnitName unit, String message) {
        warn(unit, message);
    }

    /** Something that was asked for did not happen. */
    void fail(UnitName unit, String message);

    /** A machine's state has changed; for those who look for a fault. */
    void transition(UnitName unit, String from, String to, String why);
}
