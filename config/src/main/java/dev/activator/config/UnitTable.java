package dev.activator.config;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Something by unit name, in the order of the names. Immutable. Two arrays, since of ten thousand units each must take as little as can be:
 * eight bytes here, where a tree takes forty.
 */
final class UnitTable<V> extends AbstractMap<UnitName, V> {
    private final UnitName[] names;
    private final Object[] values;

    private UnitTable(UnitName[] names, Object[] values) {
        this.names = names;
        this.values = values;
    }

    /** The same as the map. */
    static <V> UnitTable<V> of(Map<UnitName, ? extends V> map) {
        UnitName[] names = map.keySet().toArray(new UnitName[0]);
        Arrays.sort(names);
        Object[] values = new Object[names.length];
        for (int i = 0; i < names.length; i++) {
            values[i] = map.get(names[i]);
            if (i > 0) {
                names[i] = sharing(names[i - 1].prefix(), names[i]);
            }
        }
        return new UnitTable<>(names, values);
    }

    /** The name with this very prefix, if it is the same: a socket's and its service's stand side by side. */
    @SuppressWarnings("ReferenceEquality") // whether it is the same object is the question
    private static UnitName sharing(String prefix, UnitName name) {
        boolean isShared = prefix == name.prefix() || !name.prefix().equals(prefix);
        return isShared ? name : new UnitName(prefix, name.instance(), name.type());
    }

    /** Those whose values give something of a type. */
    <W> UnitTable<W> ofType(Function<? super V, ?> of, Class<W> type) {
        UnitName[] some = new UnitName[names.length];
        Object[] chosen = new Object[names.length];
        int count = 0;
        for (int i = 0; i < names.length; i++) {
            Object value = of.apply(value(i));
            if (type.isInstance(value)) {
                some[count] = names[i];
                chosen[count++] = value;
            }
        }
        return new UnitTable<>(Arrays.copyOf(some, count), Arrays.copyOf(chosen, count));
    }

    /** Index of a name; negative where it is not there. */
    int find(UnitName name) {
        return Arrays.binarySearch(names, name);
    }

    UnitName name(int index) {
        return names[index];
    }

    @SuppressWarnings("unchecked") // nothing else was put in
    V value(int index) {
        return (V) values[index];
    }

    @Override
    public int size() {
        return names.length;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return key instanceof UnitName name && find(name) >= 0;
    }

    @Override
    public @Nullable V get(@Nullable Object key) {
        int at = key instanceof UnitName name ? find(name) : -1;
        return at < 0 ? null : value(at);
    }

    @Override
    public Set<Entry<UnitName, V>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<UnitName, V>> iterator() {
                return new Entries();
            }

            @Override
            public int size() {
                return names.length;
            }
        };
    }

    private final class Entries implements Iterator<Entry<UnitName, V>> {
        private int next;

        @Override
        public boolean hasNext() {
            return next < names.length;
        }

        @Override
        public Entry<UnitName, V> next() {
            if (next >= names.length) {
                throw new NoSuchElementException();
            }
            return new SimpleImmutableEntry<>(names[next], value(next++));
        }
    }
}
