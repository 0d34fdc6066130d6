package dev.activator.control;

import java.util.Locale;
import java.util.Optional;

/** What can be asked of units, in systemctl's words. */
public enum Verb {
    START,
    STOP,
    RESTART,
    RELOAD,
    /** Sends a signal: option {@code signal} (a name or number, SIGTERM if absent), option {@code whom} ({@code main} or {@code all}). */
    KILL,
    RESET_FAILED,
    /** Clients wait and nothing starts. This and the next six take the options {@code for} (a time span) and {@code reason}. */
    HOLD,
    /** Ends what the other six have ordered. */
    RELEASE,
    /** Finishes what is open, then stops; clients wait meanwhile and afterwards. */
    DRAIN,
    /** Starts or thaws. */
    WAKE,
    /** Puts to sleep as IdleAction= says, unless it is in use. */
    SLEEP,
    /** Has the processes stand still, whoever comes. */
    FREEZE,
    /** Has them run again. */
    THAW,
    /** Lets the unit start with the super-server; option {@code now=yes} starts it as well. */
    ENABLE,
    /** The opposite; option {@code now=yes} stops it as well. */
    DISABLE,
    /** Enables or disables as the host's preset files say. */
    PRESET,
    MASK,
    UNMASK,
    /** Starts a target and stops everything that it does not pull in. */
    ISOLATE,
    /** Makes a target the one that the super-server starts. */
    SET_DEFAULT,
    /** Reads all unit files again; names no unit. */
    DAEMON_RELOAD;

    /** The word on the command line and in the API's paths: {@code reset-failed}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it is asked of units; if not, of the super-server. */
    public boolean namesUnits() {
        return this != DAEMON_RELOAD;
    }

    /** The verb of that word. */
    public static Optional<Verb> of(String word) {
        for (Verb verb : values()) {
            if (verb.word().equals(word)) {
                return Optional.of(verb);
            }
        }
        return Optional.empty();
    }
}
