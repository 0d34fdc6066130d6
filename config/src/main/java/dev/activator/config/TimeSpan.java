package dev.activator.config;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Time spans as systemd writes them: {@code 90}, {@code 1min 30s}, {@code 1h30} (1 h 30 s), {@code infinity}; microseconds are the
 * smallest step. systemd.time(7).
 */
public final class TimeSpan {
    /** No limit. Longer than anything else; do not convert it to a number of nanoseconds, ask {@link #isInfinite}. */
    public static final Duration INFINITY = ChronoUnit.FOREVER.getDuration();

    private static final String TOO_LONG = "is longer than 146,000 years; 'infinity' means no limit";

    private static final long SECOND = 1_000_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final long YEAR = 31_557_600 * SECOND;

    /** Unit words in the order in which they are tried: a word stands before its own prefixes. */
    private static final Word[] WORDS = {
        new Word("seconds", SECOND),
        new Word("second", SECOND),
        new Word("sec", SECOND),
        new Word("s", SECOND),
        new Word("minutes", MINUTE),
        new Word("minute", MINUTE),
        new Word("min", MINUTE),
        new Word("months", YEAR / 12),
        new Word("month", YEAR / 12),
        new Word("M", YEAR / 12),
        new Word("msec", 1000),
        new Word("ms", 1000),
        new Word("m", MINUTE),
        new Word("hours", HOUR),
        new Word("hour", HOUR),
        new Word("hr", HOUR),
        new Word("h", HOUR),
        new Word("days", DAY),
        new Word("day", DAY),
        new Word("d", DAY),
        new Word("weeks", 7 * DAY),
        new Word("week", 7 * DAY),
        new Word("w", 7 * DAY),
        new Word("years", YEAR),
        new Word("year", YEAR),
        new Word("y", YEAR),
        new Word("usec", 1),
        new Word("us", 1),
        new Word("\u03bcs", 1),
        new Word("\u00b5s", 1),
    };

    private static final Word[] SHOWN = {
        new Word("y", YEAR),
        new Word("month", YEAR / 12),
        new Word("w", 7 * DAY),
        new Word("d", DAY),
        new Word("h", HOUR),
        new Word("min", MINUTE),
        new Word("s", SECOND),
        new Word("ms", 1000),
        new Word("us", 1),
    };

    private record Word(String text, long micros) {}

    private TimeSpan() {}

    /**
     * Reads a time span; a number without a unit counts seconds.
     *
     * @throws IllegalArgumentException with a reason that can be shown, where the text is no time span
     */
    public static Duration parse(String text) {
        return parse(text, SECOND);
    }

    /** As {@link #parse(String)}, with the microseconds that a number without a unit counts. */
    static Duration parse(String text, long bareUnit) {
        String rest = text.strip();
        if (rest.equals("infinity")) {
            return INFINITY;
        }
        long micros = 0;
        int at = 0;
        while (at < rest.length()) {
            int digits = end(rest, at, true);
            boolean fraction = digits < rest.length() && rest.charAt(digits) == '.';
            int end = fraction ? end(rest, digits + 1, true) : digits;
            if ((digits == at && !fraction) || (fraction && end == digits + 1)) {
                throw new IllegalArgumentException(expected());
            }
            int unit = end(rest, end, false);
            Word word = wordAt(rest, unit);
            if (word == null && unit == end && unit < rest.length()) {
                throw new IllegalArgumentException(expected());
            }
            micros = add(micros, rest.substring(at, end), word == null ? bareUnit : word.micros);
            at = end(rest, word == null ? unit : unit + word.text.length(), false);
        }
        if (rest.isEmpty()) {
            throw new IllegalArgumentException(expected());
        }
        return Duration.of(micros, ChronoUnit.MICROS);
    }

    private static String expected() {
        return "expected a time span such as '90', '1min 30s', '500ms' or 'infinity'";
    }

    private static long add(long sum, String number, long unit) {
        if (number.length() > 400) {
            throw new IllegalArgumentException(expected());
        }
        if (number.length() <= 9 && number.indexOf('.') < 0) {
            return addExactly(sum, Long.parseLong(number), unit);
        }
        BigDecimal micros = new BigDecimal(number.startsWith(".") ? "0" + number : number)
                .multiply(BigDecimal.valueOf(unit))
                .setScale(0, RoundingMode.DOWN)
                .add(BigDecimal.valueOf(sum));
        if (micros.toBigInteger().bitLength() > 62) {
            throw new IllegalArgumentException(TOO_LONG);
        }
        return micros.longValueExact();
    }

    private static long addExactly(long sum, long number, long unit) {
        long most = (1L << 62) - 1;
        if (number > (most - sum) / unit) {
            throw new IllegalArgumentException(TOO_LONG);
        }
        return sum + number * unit;
    }

    /** The first place from {@code at} on that is no digit, or no white space. */
    private static int end(String text, int at, boolean digits) {
        int i = at;
        while (i < text.length() && (digits ? isDigit(text.charAt(i)) : Character.isWhitespace(text.charAt(i)))) {
            i++;
        }
        return i;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static @Nullable Word wordAt(String text, int at) {
        for (Word word : WORDS) {
            if (text.startsWith(word.text, at)) {
                return word;
            }
        }
        return null;
    }

    /** Whether the span is {@link #INFINITY}. */
    public static boolean isInfinite(Duration span) {
        return span.equals(INFINITY);
    }

    /** The span as systemd shows it, {@code 1min 30s}; {@link #parse} reads it back. Less than a microsecond is dropped. */
    public static String format(Duration span) {
        if (isInfinite(span)) {
            return "infinity";
        }
        long left = Math.addExact(Math.multiplyExact(span.getSeconds(), SECOND), span.getNano() / 1000);
        if (left <= 0) {
            return "0";
        }
        StringBuilder text = new StringBuilder();
        for (Word word : SHOWN) {
            if (left < word.micros) {
                continue;
            }
            text.append(text.isEmpty() ? "" : " ");
            if (left < MINUTE && left % word.micros != 0) {
                text.append(BigDecimal.valueOf(left)
                                .divide(BigDecimal.valueOf(word.micros))
                                .toPlainString())
                        .append(word.text);
                break;
            }
            text.append(left / word.micros).append(word.text);
            left %= word.micros;
        }
        return text.toString();
    }
}
