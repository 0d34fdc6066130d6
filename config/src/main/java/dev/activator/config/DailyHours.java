package dev.activator.config;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Times of the week by the host's local clock: {@code 08:00-18:00}, {@code Mon..Fri 08:00-12:00 13:00-18:00 Sat 10:00-14:00}, or
 * {@code always}. Days hold for all hours behind them up to the next days; days without hours mean the whole of them; hours without days
 * mean every day.
 *
 * @param ranges empty for never; those of all days are put first
 */
public record DailyHours(List<HourRange> ranges) {
    /** No time at all. */
    public static final DailyHours NEVER = new DailyHours(List.of());

    /** What {@code always} stands for. */
    public static final DailyHours ALWAYS = new DailyHours(List.of(HourSyntax.WHOLE_WEEK));

    /** A range of all days names none when it is written, so that it must not stand behind one that does: those come first. */
    public DailyHours {
        ranges = Stream.concat(
                        ranges.stream().filter(range -> range.days().size() == 7),
                        ranges.stream().filter(range -> range.days().size() < 7))
                .toList();
    }

    /**
     * Reads what {@link #toString} writes, and the rest of the syntax.
     *
     * @throws IllegalArgumentException with a reason that can be shown, where the text means no hours
     */
    public static DailyHours parse(String text) {
        return new DailyHours(HourSyntax.parse(text));
    }

    /** Whether they are {@link #ALWAYS}. */
    public boolean isAlways() {
        return ranges.size() == 1 && ranges.get(0).isWholeWeek();
    }

    /** Whether they are {@link #NEVER}. */
    public boolean isNever() {
        return ranges.isEmpty();
    }

    /** Whether the moment lies within; a range's last minute ends before its end. */
    public boolean includes(LocalDateTime when) {
        return ranges.stream().anyMatch(range -> range.includes(when));
    }

    /** The first moment after this one at which {@link #includes} answers differently; empty where it never does. */
    public Optional<LocalDateTime> nextChange(LocalDateTime when) {
        boolean now = includes(when);
        List<LocalDate> days = new ArrayList<>();
        for (int i = -1; i <= 8; i++) {
            days.add(when.toLocalDate().plusDays(i));
        }
        return ranges.stream()
                .flatMap(range -> days.stream()
                        .filter(day -> range.days().contains(day.getDayOfWeek()))
                        .flatMap(day -> Stream.of(range.startOn(day), range.endOf(day))))
                .filter(moment -> moment.isAfter(when) && includes(moment) != now)
                .min(LocalDateTime::compareTo);
    }

    /** These and those. */
    DailyHours and(DailyHours others) {
        return new DailyHours(Stream.concat(ranges.stream(), others.ranges.stream())
                .distinct()
                .toList());
    }

    @Override
    public String toString() {
        if (equals(ALWAYS)) {
            return "always";
        }
        return ranges.stream().map(HourRange::toString).collect(Collectors.joining(" "));
    }
}
