package dev.activator.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the values of a directive are written: text to typed value and back. One object serves any number of directives. */
interface ValueSyntax<T> {

    /** What may stand behind {@code =}, for the reference and for messages: {@code yes|no}, {@code time span}. */
    String grammar();

    /**
     * Reads one assignment that is not empty.
     *
     * @param soFar what earlier assignments gave, null if there was none; only lists look at it
     * @throws BadValue where the assignment as a whole means nothing; single wrong words of a list are noted in the scope
     */
    T parse(@Nullable T soFar, String text, ValueScope scope) throws BadValue;

    /** Whether a later assignment adds to an earlier one. */
    default boolean isList() {
        return false;
    }

    /** Whether this is an empty assignment. */
    default boolean isEmpty(String text, ValueScope scope) {
        return text.isEmpty();
    }

    /** Whether an empty assignment takes back what was assigned; if not, an empty value is a bad value. */
    default boolean canReset() {
        return true;
    }

    /** The texts that, assigned one after the other, give this value. */
    List<String> assignments(T value);

    /** Whether assigning the value would assign nothing, as an empty list. */
    default boolean isNothing(T value) {
        return isList() && assignments(value).isEmpty();
    }

    /** The value on one line, as {@code show} prints it. */
    default String show(T value) {
        return String.join(" ", assignments(value));
    }
}
