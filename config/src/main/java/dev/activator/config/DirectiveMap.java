package dev.activator.config;

import java.util.Arrays;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A few things by directive, in the order in which they came. A unit sets a handful of hundreds of directives: to look through them is
 * quicker than to hash, and takes no more room than what is kept.
 */
final class DirectiveMap<V> {
    private static final Object[] NOTHING = {};

    /** A directive and what belongs to it, by turns. */
    private Object[] pairs = NOTHING;

    private int used;

    @SuppressWarnings("unchecked") // put() takes nothing else
    @Nullable
    V get(Directive<?> directive) {
        int at = indexOf(directive);
        return at < 0 ? null : (V) pairs[at + 1];
    }

    boolean containsKey(Directive<?> directive) {
        return indexOf(directive) >= 0;
    }

    private int indexOf(Directive<?> directive) {
        return indexOf(pairs, used, directive);
    }

    /** Where the directive stands among pairs, of which so many places are used; negative where it does not. */
    static int indexOf(Object[] pairs, int used, Directive<?> directive) {
        for (int i = 0; i < used; i += 2) {
            if (pairs[i] == directive) {
                return i;
            }
        }
        return -1;
    }

    void put(Directive<?> directive, V value) {
        int at = indexOf(directive);
        if (at < 0) {
            if (used == pairs.length) {
                pairs = Arrays.copyOf(pairs, used == 0 ? 8 : 2 * used);
            }
            at = used;
            used += 2;
        }
        pairs[at] = directive;
        pairs[at + 1] = value;
    }

    void remove(Directive<?> directive) {
        int at = indexOf(directive);
        if (at >= 0) {
            System.arraycopy(pairs, at + 2, pairs, at, used - at - 2);
            used -= 2;
            Arrays.fill(pairs, used, used + 2, null);
        }
    }

    int size() {
        return used / 2;
    }

    Directive<?> key(int index) {
        return (Directive<?>) pairs[2 * index];
    }

    @SuppressWarnings("unchecked") // put() takes nothing else
    V value(int index) {
        return (V) pairs[2 * index + 1];
    }

    void forEach(BiConsumer<Directive<?>, V> each) {
        for (int i = 0; i < size(); i++) {
            each.accept(key(i), value(i));
        }
    }

    /** The pairs alone, a directive and what belongs to it by turns. */
    Object[] toArray() {
        return Arrays.copyOf(pairs, used);
    }
}
