package dev.activator.config;

import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How hours of the week are written: words of days and words of times. The days are those of systemd.time(7) "Calendar Events". */
final class HourSyntax {
    static final HourRange WHOLE_WEEK = new HourRange(EnumSet.allOf(DayOfWeek.class), 0, HourRange.DAY);

    private static final Pattern TIMES = Pattern.compile("(\\d{1,2}):(\\d{2})-(\\d{1,2}):(\\d{2})");
    private static final List<String> DAY_NAMES =
            List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");

    private HourSyntax() {}

    static List<HourRange> parse(String text) {
        if (text.strip().equals("always")) {
            return List.of(WHOLE_WEEK);
        }
        List<HourRange> ranges = new ArrayList<>();
        EnumSet<DayOfWeek> days = EnumSet.allOf(DayOfWeek.class);
        boolean daysWithoutHours = false;
        for (String word : text.strip().split("\\s+")) {
            if (!word.isEmpty() && Character.isDigit(word.charAt(0))) {
                ranges.add(range(days, word));
                daysWithoutHours = false;
            } else {
                if (daysWithoutHours) {
                    ranges.add(new HourRange(days, 0, HourRange.DAY));
                }
                days = parseDays(word);
                daysWithoutHours = true;
            }
        }
        if (daysWithoutHours) {
            ranges.add(new HourRange(days, 0, HourRange.DAY));
        }
        return ranges;
    }

    private static HourRange range(EnumSet<DayOfWeek> days, String word) {
        Matcher times = TIMES.matcher(word);
        if (!times.matches()) {
            throw unknown(word, null);
        }
        int from = minute(times.group(1), times.group(2), word);
        int to = minute(times.group(3), times.group(4), word);
        if (from == HourRange.DAY || from == to) {
            throw new IllegalArgumentException("'" + word + "' is no time; 00:00-24:00 is the whole day");
        }
        return new HourRange(days, from, to == 0 ? HourRange.DAY : to);
    }

    private static int minute(String hours, String minutes, String word) {
        int minute = Integer.parseInt(hours) * 60 + Integer.parseInt(minutes);
        if (Integer.parseInt(minutes) > 59 || minute > HourRange.DAY) {
            throw new IllegalArgumentException("'" + word + "': a time of day is 00:00..24:00");
        }
        return minute;
    }

    private static EnumSet<DayOfWeek> parseDays(String word) {
        EnumSet<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String part : word.split(",", -1)) {
            int dots = part.indexOf("..");
            DayOfWeek first = day(dots < 0 ? part : part.substring(0, dots), word);
            DayOfWeek last = dots < 0 ? first : day(part.substring(dots + 2), word);
            days.add(last);
            for (DayOfWeek each = first; each != last; each = each.plus(1)) {
                days.add(each);
            }
        }
        return days;
    }

    private static DayOfWeek day(String name, String word) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (int i = 0; i < DAY_NAMES.size(); i++) {
            if (DAY_NAMES.get(i).equals(lower)
                    || DAY_NAMES.get(i).substring(0, 3).equals(lower)) {
                return DayOfWeek.of(i + 1);
            }
        }
        throw unknown(word, Suggestion.nearest(lower, DAY_NAMES));
    }

    private static IllegalArgumentException unknown(String word, @Nullable String near) {
        String hint = near == null ? "" : "; did you mean '" + shortName(DAY_NAMES.indexOf(near)) + "'?";
        return new IllegalArgumentException("'" + Quoted.shorten(word)
                + "' is neither days such as 'Mon..Fri' or 'Sat,Sun' nor hours such as '08:00-18:00'" + hint);
    }

    /** {@code 08:00}. */
    static String time(int minute) {
        return String.format(Locale.ROOT, "%02d:%02d", minute / 60, minute % 60);
    }

    /** {@code Mon..Fri}, {@code Sat,Sun}. */
    static String days(EnumSet<DayOfWeek> days) {
        List<Integer> numbers = days.stream().map(DayOfWeek::ordinal).toList();
        boolean isRun = numbers.get(numbers.size() - 1) - numbers.get(0) == numbers.size() - 1;
        if (isRun && numbers.size() > 2) {
            return shortName(numbers.get(0)) + ".." + shortName(numbers.get(numbers.size() - 1));
        }
        return numbers.stream().map(HourSyntax::shortName).collect(Collectors.joining(","));
    }

    private static String shortName(int day) {
        String name = DAY_NAMES.get(day);
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1, 3);
    }
}
