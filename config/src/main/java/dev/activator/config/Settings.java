package dev.activator.config;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The values that one unit's files assign, by directive; everything else has its default. Immutable. */
public final class Settings {
    private final Map<Directive<?>, Object> assigned;

    private Settings(Map<Directive<?>, Object> assigned) {
        this.assigned = assigned;
    }

    /** The assigned value, else the default. */
    public <T> T get(Directive<T> directive) {
        T value = assigned(directive);
        return value == null ? directive.defaultIn(this) : value;
    }

    /** The assigned value; null where none is. */
    @SuppressWarnings("unchecked") // the builder puts only values of the directive's own type
    private <T> @Nullable T assigned(Directive<T> directive) {
        return (T) assigned.get(directive.targets().get(0));
    }

    /** Whether a file assigns it, be it the default. */
    public boolean isSet(Directive<?> directive) {
        return assigned.containsKey(directive.targets().get(0));
    }

    /** Every directive that is assigned, in no order. */
    public Set<Directive<?>> directives() {
        return Collections.unmodifiableSet(assigned.keySet());
    }

    /** The directive's value, default or not, as {@code show} prints it. */
    public <T> String show(Directive<T> directive) {
        return directive.format(get(directive));
    }

    /** The texts that assign the value again; empty where none is assigned. */
    <T> List<String> assignments(Directive<T> directive) {
        T value = assigned(directive);
        return value == null ? List.of() : directive.syntax().assignments(value);
    }

    /** Assigns the value of one directive to another that is the same in another section. */
    @SuppressWarnings("unchecked") // both were made of one row
    void copy(Directive<?> from, Directive<?> to, Builder into) {
        into.put((Directive<Object>) to.targets().get(0), get((Directive<Object>) from));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof Settings that) || assigned.size() != that.assigned.size()) {
            return false;
        }
        return assigned.entrySet().stream().allMatch(each -> each.getValue().equals(that.assigned.get(each.getKey())));
    }

    @Override
    public int hashCode() {
        return assigned.values().stream().mapToInt(Object::hashCode).sum();
    }

    @Override
    public String toString() {
        return assigned.toString();
    }

    /** Collects assignments in file order. */
    static final class Builder {
        private final Map<Directive<?>, Object> assigned = new HashMap<>(16);

        @SuppressWarnings("unchecked") // put() takes only values of the directive's own type
        <T> @Nullable T get(Directive<T> directive) {
            return (T) assigned.get(directive);
        }

        <T> void put(Directive<T> directive, T value) {
            assigned.put(directive, value);
        }

        void reset(Directive<?> directive) {
            assigned.remove(directive);
        }

        Settings build() {
            return new Settings(new HashMap<>(assigned));
        }
    }
}
