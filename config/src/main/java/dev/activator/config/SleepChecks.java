package dev.activator.config;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sleep settings of one unit that contradict each other or hold for nothing. */
final class SleepChecks {
    private static final List<Directive<?>> NEEDING_TIMEOUT = List.of(
            SleepDirectives.KEEP_WARM,
            SleepDirectives.MIN_UPTIME,
            SleepDirectives.IDLE_WHEN,
            SleepDirectives.IDLE_IGNORE_PROBES);

    private static final Set<Directive<?>> ROWS = Set.copyOf(SleepDirectives.rows());

    private final Settings settings;
    private final Findings findings;

    private SleepChecks(Settings settings, Findings findings) {
        this.settings = settings;
        this.findings = findings;
    }

    /** The first of those that are set which hold for nothing without IdleTimeoutSec=; null where none is. */
    static @Nullable Directive<?> needingTimeout(Settings settings) {
        for (Directive<?> row : NEEDING_TIMEOUT) {
            if (settings.isSet(row)) {
                return row;
            }
        }
        return null;
    }

    static void checkService(Settings settings, Findings findings) {
        if (!settings.isAnySet(ROWS)) {
            return;
        }
        SleepChecks checks = new SleepChecks(settings, findings);
        checks.together();
        checks.processless();
    }

    static void checkSocket(Settings settings, List<ListenSocket> listen, Findings findings) {
        if (!settings.isAnySet(ROWS)) {
            return;
        }
        SleepChecks checks = new SleepChecks(settings, findings);
        if (settings.get(SocketDirectives.ACCEPT)) {
            SleepDirectives.rows()
                    .forEach(row -> checks.warnIfSet(row, "Accept=yes starts a service for each connection"));
            return;
        }
        checks.together();
        checks.invisible(listen);
    }

    private void together() {
        boolean isSet = settings.isSet(SleepDirectives.IDLE_TIMEOUT);
        if (isSet && settings.get(SleepDirectives.IDLE_TIMEOUT).equals(TimeSpan.INFINITY)) {
            NEEDING_TIMEOUT.forEach(row -> warnIfSet(row, "IdleTimeoutSec=0 puts nothing to sleep"));
        } else if (isSet && settings.get(SleepDirectives.KEEP_WARM).equals(DailyHours.ALWAYS)) {
            findings.warning(
                    SleepDirectives.KEEP_WARM,
                    "KeepWarm=always leaves IdleTimeoutSec= without effect: it never sleeps");
        }
        IdleAction action = settings.get(SleepDirectives.IDLE_ACTION);
        boolean isActionKnown = settings.isSet(SleepDirectives.IDLE_ACTION);
        if (isActionKnown && action != IdleAction.FREEZE_THEN_STOP) {
            warnIfSet(
                    SleepDirectives.FREEZE_MAX,
                    "IdleAction=" + action.word() + " does not stop what stands still; freeze-then-stop does");
        }
        if (isActionKnown && !action.freezes()) {
            warnIfSet(SleepDirectives.PAGE_OUT_AFTER, "IdleAction=stop leaves nothing standing still");
        }
        boolean isStoppedFirst = action == IdleAction.FREEZE_THEN_STOP
                && settings.isSet(SleepDirectives.PAGE_OUT_AFTER)
                && settings.get(SleepDirectives.PAGE_OUT_AFTER).compareTo(settings.get(SleepDirectives.FREEZE_MAX))
                        >= 0;
        if (isStoppedFirst) {
            findings.warning(
                    SleepDirectives.PAGE_OUT_AFTER,
                    "PageOutAfterSec= is never reached: FreezeMaxSec="
                            + TimeSpan.format(settings.get(SleepDirectives.FREEZE_MAX)) + " stops it before");
        }
    }

    /** A service that has no process while it is up has nothing that could stand still. */
    private void processless() {
        boolean isOneshot = settings.get(ServiceDirectives.TYPE) == ServiceType.ONESHOT;
        if (isOneshot && settings.get(SleepDirectives.IDLE_ACTION).freezes()) {
            findings.warning(
                    SleepDirectives.IDLE_ACTION,
                    "IdleAction=" + settings.get(SleepDirectives.IDLE_ACTION).word()
                            + " has no effect with Type=oneshot, which leaves no process that could stand still");
        }
    }

    /** What the kernel does not show of some kinds of socket. */
    private void invisible(List<ListenSocket> listen) {
        boolean watchesTraffic = settings.get(SleepDirectives.IDLE_WHEN).contains(IdleSign.NO_TRAFFIC)
                || settings.get(SleepDirectives.IDLE_IGNORE_PROBES);
        Directive<?> row = settings.get(SleepDirectives.IDLE_IGNORE_PROBES)
                ? SleepDirectives.IDLE_IGNORE_PROBES
                : SleepDirectives.IDLE_WHEN;
        if (!watchesTraffic) {
            return;
        }
        for (ListenSocket each : listen) {
            if (each.kind().canAccept() && !AccessChecks.isInternet(each)) {
                findings.warning(
                        row,
                        row + " cannot see the bytes of connections at '" + each.address()
                                + "': the kernel counts them for TCP only, so any connection there counts as use");
            }
        }
    }

    private void warnIfSet(Directive<?> row, String why) {
        if (settings.isSet(row) && !isNothing(row)) {
            findings.warning(row, row + " has no effect: " + why);
        }
    }

    /** What is set to nothing asks for nothing. */
    private boolean isNothing(Directive<?> row) {
        Object value = settings.get(row);
        return value.equals(Duration.ZERO) || value.equals(TimeSpan.INFINITY) || value.equals(DailyHours.NEVER);
    }
}
