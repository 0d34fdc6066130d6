package dev.activator.config;

import java.time.Duration;
import java.util.List;

/** The rows of [X-Activator], our own settings, which systemd ignores. They may stand in sockets and services; see also {@link AccessDirectives}
 * and {@link SleepDirectives}. */
public final class ActivatorDirectives {
    private static final Rows ROWS = new Rows("X-Activator");

    public static final Directive<FailureMode> FAILURE_MODE = ours(ROWS.row(
            "FailureMode",
            Syntaxes.word(FailureMode.class),
            FailureMode.BACKOFF,
            "What a service that fails again and again does to its sockets."));

    public static final Directive<Duration> BACKOFF_MAX = ours(ROWS.row(
            "BackoffMaxSec",
            Syntaxes.SPAN,
            Duration.ofMinutes(5),
            "Longest pause between two tries to start a failing service."));

    public static final Directive<Boolean> ALLOW_UNSUPPORTED_HARDENING = ours(ROWS.row(
            "AllowUnsupportedHardening",
            Syntaxes.BOOLEAN,
            false,
            "Starts the unit although some of its security directives cannot be applied; they become warnings."));

    public static final Directive<Long> LOG_MAX_SIZE = ours(ROWS.row(
            "LogMaxSize", Syntaxes.SIZE, 1L << 20, "Size at which the file with the service's output is rotated."));

    public static final Directive<Integer> LOG_FILES = ours(ROWS.row(
            "LogFiles",
            Syntaxes.number(1, 1000),
            5,
            "How many files with the service's output are kept, the current one included."));

    private ActivatorDirectives() {}

    private static <T> Directive<T> ours(Directive<T> row) {
        return ROWS.add(row.relation(Relation.OURS));
    }

    static List<Directive<?>> rows() {
        return ROWS.all();
    }
}
