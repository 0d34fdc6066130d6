package dev.activator.config;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A directive's value that a later assignment replaces.
 *
 * @param shown the value as it is printed for people
 * @param written the value as it is assigned
 */
record Scalar<T>(
        String grammar,
        Reader<T> reader,
        Function<T, String> shown,
        Function<T, String> written,
        boolean canReset,
        boolean expands)
        implements ValueSyntax<T> {

    /** Text to value. */
    interface Reader<T> {
        T read(String text, ValueScope scope) throws BadValue;
    }

    /** A value without specifiers that an empty assignment does not take back. */
    static <T> Scalar<T> of(String grammar, Reader<T> reader, Function<T, String> shown) {
        return new Scalar<>(grammar, reader, shown, shown, false, false);
    }

    /** A value in which specifiers are replaced before it is read. */
    static <T> Scalar<T> expanded(String grammar, Reader<T> reader, Function<T, String> shown) {
        Reader<T> expanding = (text, scope) -> reader.read(scope.expandAll(text), scope);
        return new Scalar<>(grammar, expanding, shown, value -> Specifiers.protect(shown.apply(value)), true, true);
    }

    Scalar<T> resettable() {
        return new Scalar<>(grammar, reader, shown, written, true, expands);
    }

    /** The same for a directive that has no value by default. */
    Scalar<Optional<T>> optional() {
        return new Scalar<>(
                grammar,
                (text, scope) -> Optional.of(reader.read(text, scope)),
                value -> value.map(shown).orElse(""),
                value -> value.map(written).orElse(""),
                canReset,
                expands);
    }

    @Override
    public boolean isEmpty(String text, ValueScope scope) {
        return expands ? scope.expandAll(text).isEmpty() : text.isEmpty();
    }

    @Override
    public T parse(@Nullable T soFar, String text, ValueScope scope) throws BadValue {
        return reader.read(text, scope);
    }

    @Override
    public List<String> assignments(T value) {
        return List.of(written.apply(value));
    }

    @Override
    public String show(T value) {
        return shown.apply(value);
    }
}
