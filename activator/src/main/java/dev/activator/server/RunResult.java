package dev.activator.server;

import java.util.Locale;

/**
 * How a unit's last run ended, apart from the state that it is in now. The first failure of a run wins. The words are systemd's
 * ({@code Result=} of {@code systemctl show}).
 */
enum RunResult {
    SUCCESS,
    RESOURCES,
    PROTOCOL,
    TIMEOUT,
    EXIT_CODE,
    SIGNAL,
    CORE_DUMP,
    WATCHDOG,
    EXEC_CONDITION,
    /** A unit that it needs did not start. */
    DEPENDENCY,
    START_LIMIT_HIT,
    TRIGGER_LIMIT_HIT,
    SERVICE_START_LIMIT_HIT;

    /** The word as shown, {@code exit-code}. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean isFailure() {
        return this != SUCCESS && this != EXEC_CONDITION;
    }
}
