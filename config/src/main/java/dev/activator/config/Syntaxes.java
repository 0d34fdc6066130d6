package dev.activator.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The value syntaxes that many directives share. */
final class Syntaxes {
    private static final Set<String> YES = Set.of("1", "yes", "y", "true", "t", "on");
    private static final Set<String> NO = Set.of("0", "no", "n", "false", "f", "off");

    static final Scalar<Boolean> BOOLEAN =
            Scalar.of("yes|no", (text, scope) -> bool(text), value -> value ? "yes" : "no");

    /** An unsigned number; what is above the largest int counts as that. */
    static final Scalar<Integer> COUNT = Scalar.of(
            "number",
            (text, scope) -> (int) Math.min(Integer.MAX_VALUE, Numbers.parse(text, 0, 0xFFFF_FFFFL)),
            String::valueOf);

    static final Scalar<String> STRING = Scalar.expanded("text", (text, scope) -> text, Function.identity());

    static final Scalar<Duration> SPAN = span(false);

    /** A time span where 0 means no limit. */
    static final Scalar<Duration> LIMIT_SPAN = span(true);

    static final ValueSyntax<DailyHours> HOURS = new DailyHoursSyntax();

    static final Scalar<Long> SIZE = Scalar.of("size", (text, scope) -> size(text), String::valueOf);

    static final Scalar<Integer> MODE = Scalar.of(
            "octal mode", (text, scope) -> Numbers.mode(text), mode -> String.format(Locale.ROOT, "%04o", mode));

    static final Scalar<Signal> SIGNAL = Scalar.of("signal", (text, scope) -> signal(text), Signal::name);

    static final Scalar<String> ABSOLUTE_PATH =
            Scalar.expanded("absolute path", (text, scope) -> Paths.absolute(text), Function.identity());

    /** A directive that is not applied: its assignments as they stand. */
    static final ListOf<String> RAW =
            new ListOf<>("as in systemd", (text, scope) -> List.of(text), Function.identity(), Function.identity());

    /** The same where the last assignment alone counts. */
    static final ValueSyntax<List<String>> RAW_LAST = new Scalar<>(
            RAW.grammar(),
            (text, scope) -> List.of(text),
            texts -> String.join(" ", texts),
            texts -> String.join(" ", texts),
            true,
            false);

    /** Unit names of any type. */
    static final ListOf<String> UNIT_NAMES = ListOf.words(
            "unit names",
            Words.Manner.PLAIN,
            (text, scope) -> unitName(text),
            Function.identity(),
            Syntaxes::plainWord);

    private Syntaxes() {}

    private static boolean bool(String text) throws BadValue {
        String word = text.toLowerCase(Locale.ROOT);
        if (!YES.contains(word) && !NO.contains(word)) {
            throw BadValue.ignored("expected yes or no");
        }
        return YES.contains(word);
    }

    /** Yes or no; empty where it is neither. */
    static Optional<Boolean> flag(String text) {
        String word = text.toLowerCase(Locale.ROOT);
        return YES.contains(word) ? Optional.of(true) : NO.contains(word) ? Optional.of(false) : Optional.empty();
    }

    static boolean isNo(String text) {
        return NO.contains(text.toLowerCase(Locale.ROOT));
    }

    static Scalar<Integer> number(int least, int most) {
        return Scalar.of(
                "number " + least + ".." + most,
                (text, scope) -> (int) Numbers.parse(text, least, most),
                String::valueOf);
    }

    private static Scalar<Duration> span(boolean zeroIsInfinity) {
        return Scalar.of(
                zeroIsInfinity ? "time span, 0 for no limit" : "time span",
                (text, scope) -> {
                    Duration span = duration(text);
                    return zeroIsInfinity && span.isZero() ? TimeSpan.INFINITY : span;
                },
                TimeSpan::format);
    }

    static Duration duration(String text) throws BadValue {
        try {
            return TimeSpan.parse(text);
        } catch (IllegalArgumentException e) {
            throw BadValue.ignored(String.valueOf(e.getMessage()));
        }
    }

    static long size(String text) throws BadValue {
        try {
            return ByteSize.parse(text);
        } catch (IllegalArgumentException e) {
            throw BadValue.ignored(String.valueOf(e.getMessage()));
        }
    }

    private static Signal signal(String text) throws BadValue {
        Signal signal = Signal.parse(text);
        if (signal == null) {
            throw BadValue.ignored("no such signal; expected a name such as SIGTERM, or 1..64");
        }
        return signal;
    }

    private static String unitName(String text) throws BadValue {
        if (!UnitName.isValid(text) || text.lastIndexOf('.') <= 0) {
            throw BadValue.ignored("not a full unit name such as 'web.service'");
        }
        return text;
    }

    /** A word that {@link Words.Manner#PLAIN} and the specifiers leave as it is. */
    static String plainWord(String word) {
        return Specifiers.protect(word.replace("\\", "\\\\"));
    }

    /** A word that {@link Words.Manner#QUOTED} and the specifiers leave as it is. */
    static String quotedWord(String word) {
        return Specifiers.protect(Escapes.quote(word));
    }

    /** One of an enum's words. */
    static <E extends Enum<E> & Word> Scalar<E> word(Class<E> type) {
        String words = Arrays.stream(type.getEnumConstants()).map(Word::word).collect(Collectors.joining("|"));
        return Scalar.of(words, (text, scope) -> oneOf(type.getEnumConstants(), text), Word::word);
    }

    static <E extends Word> E oneOf(E[] values, String text) throws BadValue {
        for (E value : values) {
            if (value.word().equals(text)) {
                return value;
            }
        }
        List<String> words = Arrays.stream(values).map(Word::word).toList();
        String near = Suggestion.nearest(text, words);
        throw BadValue.ignored(
                "expected one of " + String.join(", ", words) + (near == null ? "" : "; did you mean '" + near + "'?"));
    }
}
