package dev.activator.config;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.EnumSet;
import java.util.Set;

/**
 * The same time of day on some days of the week. An end that is not after the start lies on the next day, so that {@code Fri 22:00-06:00}
 * ends on Saturday.
 *
 * @param days on which it begins; never empty
 * @param from minute of the day, 0..1439
 * @param to minute of the day at which it is over, 1..1440
 */
public record HourRange(Set<DayOfWeek> days, int from, int to) {
    static final int DAY = 24 * 60;

    public HourRange {
        days = Set.copyOf(days);
        if (days.isEmpty() || from < 0 || from >= DAY || to < 1 || to > DAY) {
            throw new IllegalArgumentException("no such hours: " + days + " " + from + "-" + to);
        }
    }

    boolean isWholeWeek() {
        return days.size() == 7 && from == 0 && to == DAY;
    }

    LocalDateTime startOn(LocalDate day) {
        return day.atStartOfDay().plusMinutes(from);
    }

    LocalDateTime endOf(LocalDate firstDay) {
        return startOn(firstDay).plus(length());
    }

    private Duration length() {
        return Duration.ofMinutes(to > from ? to - from : DAY - from + to);
    }

    boolean includes(LocalDateTime when) {
        return begins(when, when.toLocalDate())
                || begins(when, when.toLocalDate().minusDays(1));
    }

    private boolean begins(LocalDateTime when, LocalDate day) {
        return days.contains(day.getDayOfWeek()) && !when.isBefore(startOn(day)) && when.isBefore(endOf(day));
    }

    /** As it is written: {@code Mon..Fri 08:00-18:00}, without the days where it is all of them. */
    @Override
    public String toString() {
        String hours = HourSyntax.time(from) + "-" + HourSyntax.time(to);
        return days.size() == 7 ? hours : HourSyntax.days(EnumSet.copyOf(days)) + " " + hours;
    }
}
