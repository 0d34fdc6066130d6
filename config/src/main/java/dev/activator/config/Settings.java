package dev.activator.config;

import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The values that one unit's files assign, by directive; everything else has its default. Immutable. */
public final class Settings {
    /** A directive and its value, by turns: there are thousands of units, and each has but a few. */
    private final Object[] assigned;

    private Settings(Object[] assigned) {
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
        int at = indexOf(directive);
        return at < 0 ? null : (T) assigned[at + 1];
    }

    private int indexOf(Directive<?> directive) {
        return DirectiveMap.indexOf(assigned, assigned.length, directive.holder());
    }

    /** Whether a file assigns it, be it the default. */
    public boolean isSet(Directive<?> directive) {
        return indexOf(directive) >= 0;
    }

    /** Whether a file assigns one of these, which are no other names for others. */
    public boolean isAnySet(Collection<? extends Directive<?>> rows) {
        for (int i = 0; i < assigned.length; i += 2) {
            if (rows.contains(assigned[i])) {
                return true;
            }
        }
        return false;
    }

    /** Every directive that is assigned, in no order. */
    public Set<Directive<?>> directives() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Directive<?>> iterator() {
                return new Rows();
            }

            @Override
            public int size() {
                return assigned.length / 2;
            }

            @Override
            public boolean contains(@Nullable Object other) {
                return other instanceof Directive<?> row && DirectiveMap.indexOf(assigned, assigned.length, row) >= 0;
            }
        };
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
        into.put((Directive<Object>) to.holder(), get((Directive<Object>) from));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof Settings that) || assigned.length != that.assigned.length) {
            return false;
        }
        for (int i = 0; i < assigned.length; i += 2) {
            int at = that.indexOf((Directive<?>) assigned[i]);
            if (at < 0 || !assigned[i + 1].equals(that.assigned[at + 1])) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int sum = 0;
        for (int i = 1; i < assigned.length; i += 2) {
            sum += assigned[i].hashCode();
        }
        return sum;
    }

    @Override
    public String toString() {
        return Arrays.toString(assigned);
    }

    private final class Rows implements Iterator<Directive<?>> {
        private int next;

        @Override
        public boolean hasNext() {
            return next < assigned.length;
        }

        @Override
        public Directive<?> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            next += 2;
            return (Directive<?>) assigned[next - 2];
        }
    }

    /** Collects assignments in file order. */
    static final class Builder {
        private final DirectiveMap<Object> assigned = new DirectiveMap<>();

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
            return new Settings(assigned.toArray());
        }
    }
}
