package dev.activator.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as systemctl words them. */
public final class TimeText {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm:ss zzz", Locale.ROOT);
    private static final double MILLI = 1000.0;

    private TimeText() {}

    /** {@code Fri 2026-11-20 08:00:00 UTC}. */
    static String stamp(Instant at, ZoneId zone) {
        return STAMP.format(at.atZone(zone));
    }

    /** {@code Fri 2026-11-20 08:00:00 UTC; 5min ago}. */
    static String since(Instant at, Terminal terminal) {
        return stamp(at, terminal.zone()) + "; " + ago(Duration.between(at, terminal.now()));
    }

    /** How long ago: {@code 3s ago}, {@code 1h 2min ago}, {@code 2 days ago}. */
    static String ago(Duration past) {
        return past.isZero() ? "now" : past.isNegative() ? left(past.negated()) + " left" : left(past) + " ago";
    }

    /** A span in the one or two units that matter: {@code 1min 30s}, {@code 12ms}. */
    static String left(Duration span) {
        long days = span.toDays();
        if (days >= 365) {
            return plural(days / 365, "year") + " " + plural(days % 365 / 30, "month");
        }
        if (days >= 30) {
            return plural(days / 30, "month") + " " + plural(days % 30, "day");
        }
        if (days >= 7) {
            return plural(days / 7, "week") + " " + plural(days % 7, "day");
        }
        if (days >= 2) {
            return plural(days, "day");
        }
        return underTwoDays(span);
    }

    private static String underTwoDays(Duration span) {
        long hours = span.toHours();
        if (hours >= 25) {
            return "1 day " + hours % 24 + "h";
        }
        if (hours >= 6) {
            return hours + "h";
        }
        if (hours >= 1) {
            return hours + "h " + span.toMinutesPart() + "min";
        }
        if (span.toMinutes() >= 5) {
            return span.toMinutes() + "min";
        }
        if (span.toMinutes() >= 1) {
            return span.toMinutes() + "min " + span.toSecondsPart() + "s";
        }
        return span.toSeconds() >= 1 ? span.toSeconds() + "s" : span.toMillis() + "ms";
    }

    /** A measured span: {@code 850us}, {@code 34.2ms}, {@code 1.204s}. */
    public static String measured(long micros) {
        if (micros < 1000) {
            return micros + "us";
        }
        double millis = micros / MILLI;
        return millis < MILLI
                ? String.format(Locale.ROOT, "%.1fms", millis)
                : String.format(Locale.ROOT, "%.3fs", millis / MILLI);
    }

    private static String plural(long count, String unit) {
        return count + " " + unit + (count == 1 ? "" : "s");
    }
}
