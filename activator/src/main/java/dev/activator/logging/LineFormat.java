package dev.activator.logging;

import java.time.OffsetDateTime;
import org.slf4j.event.Level;

/** {@code 2026-11-26T08:00:00.000Z INFO web.socket: listening on [::]:80}. By hand, since the formatters of the JDK are half a megabyte of classes. */
final class LineFormat {
    private static final int NANOS_PER_MILLI = 1_000_000;

    private LineFormat() {}

    static String line(OffsetDateTime at, Level level, String text) {
        return time(at) + rest(level, text);
    }

    /** The time and a blank. */
    static String time(OffsetDateTime at) {
        StringBuilder line = new StringBuilder(40);
        number(line, at.getYear(), 4).append('-');
        number(line, at.getMonthValue(), 2).append('-');
        number(line, at.getDayOfMonth(), 2).append('T');
        number(line, at.getHour(), 2).append(':');
        number(line, at.getMinute(), 2).append(':');
        number(line, at.getSecond(), 2).append('.');
        number(line, at.getNano() / NANOS_PER_MILLI, 3);
        return line.append(at.getOffset().getId()).append(' ').toString();
    }

    /** All behind the time. */
    static String rest(Level level, String text) {
        return level + " " + text + "\n";
    }

    static StringBuilder number(StringBuilder into, int value, int digits) {
        String text = Integer.toString(value);
        for (int i = text.length(); i < digits; i++) {
            into.append('0');
        }
        return into.append(text);
    }
}
