package dev.activator.config;

import java.time.Duration;
import java.util.List;

/**
 * The rows of [X-Activator] that say when a service sleeps, and how. Each may stand in the service or in a socket that wakes it; what the
 * service says counts more.
 */
public final class SleepDirectives {
    private static final Rows ROWS = new Rows("X-Activator");

    public static final Directive<Duration> IDLE_TIMEOUT = ours(ROWS.row(
            "IdleTimeoutSec",
            Syntaxes.LIMIT_SPAN,
            TimeSpan.INFINITY,
            "Puts the service to sleep when it has been idle for this long; its socket stays open."));

    public static final Directive<List<IdleSign>> IDLE_WHEN = ours(ROWS.row(
            "IdleWhen",
            ListOf.words(
                    "no-connections no-traffic no-cpu",
                    Words.Manner.PLAIN,
                    (text, scope) -> Syntaxes.oneOf(IdleSign.values(), text),
                    IdleSign::word,
                    IdleSign::word),
            List.of(IdleSign.NO_CONNECTIONS),
            "What must all be so for the service to count as idle."));

    public static final Directive<Boolean> IDLE_IGNORE_PROBES = ours(ROWS.row(
            "IdleIgnoreProbes",
            Syntaxes.BOOLEAN,
            false,
            "Does not count a connection as use while its client has sent no byte."));

    public static final Directive<DailyHours> KEEP_WARM = ours(ROWS.row(
            "KeepWarm",
            Syntaxes.HOURS,
            DailyHours.NEVER,
            "When a service that is awake stays so however idle it is, by the host's local time."));

    public static final Directive<Duration> MIN_UPTIME = ours(ROWS.row(
            "MinUptimeSec",
            Syntaxes.SPAN,
            Duration.ZERO,
            "How long the service is up at least before it is put to sleep."));

    public static final Directive<IdleAction> IDLE_ACTION = ours(ROWS.row(
            "IdleAction",
            Syntaxes.word(IdleAction.class),
            IdleAction.STOP,
            "How the service sleeps: stopped, or its processes standing still."));

    public static final Directive<Duration> FREEZE_MAX = ours(ROWS.row(
            "FreezeMaxSec",
            Syntaxes.SPAN,
            Duration.ofMinutes(10),
            "How long it stands still before it is stopped, with IdleAction=freeze-then-stop."));

    public static final Directive<Duration> PAGE_OUT_AFTER = ours(ROWS.row(
            "PageOutAfterSec",
            Syntaxes.SPAN,
            TimeSpan.INFINITY,
            "Gives the memory of a service back that has stood still for this long, as far as the host can."));

    private SleepDirectives() {}

    private static <T> Directive<T> ours(Directive<T> row) {
        return ROWS.add(row.relation(Relation.OURS));
    }

    /** Whether the unit says anything about sleep. */
    public static boolean anyIsSet(Unit unit) {
        for (Directive<?> row : ROWS.all()) {
            if (unit.isSet(row)) {
                return true;
            }
        }
        return false;
    }

    static List<Directive<?>> rows() {
        return ROWS.all();
    }
}
