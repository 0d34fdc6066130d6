package dev.activator.server;

import dev.activator.config.DailyHours;
import dev.activator.config.Directive;
import dev.activator.config.IdleAction;
import dev.activator.config.IdleSign;
import dev.activator.config.ServiceUnit;
import dev.activator.config.SleepDirectives;
import dev.activator.config.SocketUnit;
import dev.activator.config.TimeSpan;
import dev.activator.listener.Use;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When one service sleeps and how, as its unit and its sockets say it; pure. What the service's own unit sets counts; else the first socket
 * that sets it, and of several IdleTimeoutSec= the shortest.
 *
 * @param ignoresProbes whether a connection counts for nothing as long as its client is silent
 */
record SleepPolicy(
        Duration timeout,
        Set<IdleSign> signs,
        boolean ignoresProbes,
        DailyHours keepWarm,
        Duration minUptime,
        IdleAction action,
        Duration freezeMax,
        Duration pageOutAfter) {
    /** Of one processor: a JVM without work stays below half of it. */
    static final double STILL = 0.01;

    private static final int PERCENT = 100;

    /** What holds where nothing is set, as for most. */
    private static final SleepPolicy PLAIN = new SleepPolicy(
            TimeSpan.INFINITY,
            EnumSet.copyOf(SleepDirectives.IDLE_WHEN.defaultValue()),
            SleepDirectives.IDLE_IGNORE_PROBES.defaultValue(),
            SleepDirectives.KEEP_WARM.defaultValue(),
            SleepDirectives.MIN_UPTIME.defaultValue(),
            SleepDirectives.IDLE_ACTION.defaultValue(),
            SleepDirectives.FREEZE_MAX.defaultValue(),
            SleepDirectives.PAGE_OUT_AFTER.defaultValue());

    static SleepPolicy of(ServiceUnit service, List<SocketUnit> sockets) {
        if (!SleepDirectives.anyIsSet(service) && sockets.stream().noneMatch(SleepDirectives::anyIsSet)) {
            return PLAIN;
        }
        Choice choice = new Choice(service, sockets);
        List<IdleSign> signs = choice.of(SleepDirectives.IDLE_WHEN);
        return new SleepPolicy(
                choice.timeout(),
                EnumSet.copyOf(signs.isEmpty() ? SleepDirectives.IDLE_WHEN.defaultValue() : signs),
                choice.of(SleepDirectives.IDLE_IGNORE_PROBES),
                choice.of(SleepDirectives.KEEP_WARM),
                choice.of(SleepDirectives.MIN_UPTIME),
                choice.of(SleepDirectives.IDLE_ACTION),
                choice.of(SleepDirectives.FREEZE_MAX),
                choice.of(SleepDirectives.PAGE_OUT_AFTER));
    }

    private record Choice(ServiceUnit service, List<SocketUnit> sockets) {
        <T> T of(Directive<T> row) {
            if (service.isSet(row)) {
                return service.get(row);
            }
            return sockets.stream()
                    .filter(socket -> socket.isSet(row))
                    .findFirst()
                    .map(socket -> socket.get(row))
                    .orElse(row.defaultValue());
        }

        Duration timeout() {
            if (service.isSet(SleepDirectives.IDLE_TIMEOUT)) {
                return service.get(SleepDirectives.IDLE_TIMEOUT);
            }
            return sockets.stream()
                    .map(socket -> socket.get(SleepDirectives.IDLE_TIMEOUT))
                    .min(Duration::compareTo)
                    .orElse(TimeSpan.INFINITY);
        }
    }

    /** Whether it ever sleeps by itself. */
    boolean isAutomatic() {
        return !timeout.equals(TimeSpan.INFINITY);
    }

    /** What uses it, {@code 2 connections}; null where it is idle. */
    @Nullable
    String usedBy(Observation seen) {
        Use use = seen.use();
        if (use.waiting() > 0) {
            return counted(use.waiting(), "client") + " in the queue";
        }
        if (use.datagrams() > 0 && (signs.contains(IdleSign.NO_CONNECTIONS) || signs.contains(IdleSign.NO_TRAFFIC))) {
            return "datagrams";
        }
        String connections = signs.contains(IdleSign.NO_CONNECTIONS) ? connections(use) : null;
        String traffic = signs.contains(IdleSign.NO_TRAFFIC) ? traffic(use) : null;
        boolean isBusy = signs.contains(IdleSign.NO_CPU) && seen.processors() > STILL;
        return connections != null ? connections : traffic != null ? traffic : isBusy ? percent(seen) + " CPU" : null;
    }

    private @Nullable String connections(Use use) {
        int open = use.open() - (ignoresProbes ? use.silent() : 0);
        int ended = use.ended() - (ignoresProbes ? use.endedSilent() : 0);
        return open > 0
                ? counted(open, "connection")
                : ended > 0 ? counted(ended, "connection") + " that ended since the last look" : null;
    }

    private static @Nullable String traffic(Use use) {
        return use.bytes() > 0
                ? counted(use.bytes(), "byte")
                : use.unmetered() > 0 ? counted(use.unmetered(), "connection") + " whose bytes cannot be seen" : null;
    }

    /** What was seen, as far as it counts for it: {@code 0 connections, 0.1 % CPU}. */
    String evidence(Observation seen) {
        Use use = seen.use();
        StringBuilder text = new StringBuilder(counted(use.open(), "connection"));
        if (ignoresProbes && use.silent() > 0) {
            text.append(" (").append(use.silent()).append(" silent)");
        }
        text.append(", ").append(counted(use.bytes(), "byte"));
        if (seen.processors() >= 0) {
            text.append(", ").append(percent(seen)).append(" CPU");
        }
        return text.toString();
    }

    private static String percent(Observation seen) {
        return String.format(Locale.ROOT, "%.1f %%", seen.processors() * PERCENT);
    }

    private static String counted(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    /** What the sleep gives as its reason. */
    String reason() {
        String first = signs.contains(IdleSign.NO_CONNECTIONS)
                ? "no connection"
                : signs.contains(IdleSign.NO_TRAFFIC) ? "no traffic" : "no work";
        return "idle: " + first + " for " + TimeSpan.format(timeout) + " (IdleTimeoutSec=)";
    }

    /** Whether connections may stay open while it sleeps, whose bytes must then wake it. */
    boolean leavesConnections() {
        return !signs.contains(IdleSign.NO_CONNECTIONS) || ignoresProbes;
    }
}
