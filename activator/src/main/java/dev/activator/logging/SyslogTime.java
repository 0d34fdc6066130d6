package dev.activator.logging;

import dev.activator.handoff.LineTime;
import java.time.OffsetDateTime;
import java.util.List;

/** {@code Nov  6 08:00:00}, the time of RFC 3164. */
final class SyslogTime {
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

    private SyslogTime() {}

    static void append(StringBuilder into, OffsetDateTime at) {
        into.append(MONTHS.get(at.getMonthValue() - 1)).append(at.getDayOfMonth() < 10 ? "  " : " ");
        into.append(at.getDayOfMonth()).append(' ');
        LineTime.number(into, at.getHour(), 2).append(':');
        LineTime.number(into, at.getMinute(), 2).append(':');
        LineTime.number(into, at.getSecond(), 2);
    }
}
