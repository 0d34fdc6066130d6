package dev.activator.config;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What texts mean that mean the same in every unit, during one load: what many units say is read once and kept once. Values are immutable.
 * Any thread.
 */
final class KnownValues {
    /** What is said in so many ways is hardly said twice. */
    private static final int MOST = 1024;

    private final Map<Text, Object> values = new ConcurrentHashMap<>();

    /** A class and no record, whose hash is put together when it is first needed: that takes longer than reading a hundred units. */
    private static final class Text {
        private final ValueSyntax<?> syntax;
        private final String text;

        Text(ValueSyntax<?> syntax, String text) {
            this.syntax = syntax;
            this.text = text;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Text that && syntax == that.syntax && text.equals(that.text);
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(syntax) * 31 + text.hashCode();
        }
    }

    /**
     * The value of a first assignment; of two addresses that are the same, one is a mistake, so that these are not kept.
     *
     * @throws BadValue as {@link ValueSyntax#parse} does
     */
    @SuppressWarnings("unchecked") // a text of a syntax has a value of its type
    <T> T parse(ValueSyntax<T> syntax, String text, ValueScope scope) throws BadValue {
        // A specifier is all that a value can have of its unit.
        if (syntax instanceof ListenSyntax || text.indexOf('%') >= 0) {
            return syntax.parse(null, text, scope);
        }
        Text key = new Text(syntax, text);
        Object known = values.get(key);
        if (known != null) {
            return (T) known;
        }
        T value = syntax.parse(null, text, scope);
        if (!scope.hasNotes() && values.size() < MOST) {
            values.put(key, value);
        }
        return value;
    }

    /** When all is read. */
    void forget() {
        values.clear();
    }
}
