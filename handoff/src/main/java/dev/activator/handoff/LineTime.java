package dev.activator.handoff;

import java.time.OffsetDateTime;

/** {@code 2026-11-26T08:00:00.000Z } at the beginning of a line. By hand, since the formatters of the JDK are half a megabyte of classes. */
public final class LineTime {
    private static final int NANOS_PER_MILLI = 1_000_000;

    private LineTime() {}

    /** The time and a blank. */
    public static String of(OffsetDateTime at) {
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

    /** With zeros before it, up to so many digits. */
    public static StringBuilder number(StringBuilder into, int value, int digits) {
        String text = Integer.toString(value);
        for (int i = text.length(); i < digits; i++) {
            into.append('0');
        }
        return into.append(text);
    }
}
