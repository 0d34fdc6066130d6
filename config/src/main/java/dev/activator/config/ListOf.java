package dev.activator.config;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A directive's value that grows with each assignment.
 *
 * @param reader the items of one assignment
 * @param shown one item as it is printed for people
 * @param written one item as it is assigned, alone
 */
record ListOf<E>(String grammar, Scalar.Reader<List<E>> reader, Function<E, String> shown, Function<E, String> written)
        implements ValueSyntax<List<E>> {

    /** Words at blanks, specifiers replaced; a word that is wrong is left out with a note. */
    static <E> ListOf<E> words(
            String grammar,
            Words.Manner manner,
            Scalar.Reader<E> item,
            Function<E, String> shown,
            Function<E, String> written) {
        return new ListOf<>(grammar, (text, scope) -> readWords(text, manner, item, scope), shown, written);
    }

    private static <E> List<E> readWords(String text, Words.Manner manner, Scalar.Reader<E> item, ValueScope scope)
            throws BadValue {
        List<E> items = new ArrayList<>();
        Words words = new Words(text, manner);
        for (String word = words.next(); word != null; word = words.next()) {
            try {
                String expanded = scope.expand(word);
                // Specifiers may leave nothing of a word; only between quotes is nothing a word.
                if (manner != Words.Manner.PLAIN || !expanded.isEmpty()) {
                    items.add(item.read(expanded, scope));
                }
            } catch (BadValue e) {
                if (e.isFatal()) {
                    throw e;
                }
                scope.note(words.start(), "'" + Quoted.shorten(word) + "': " + e.reason() + ", ignoring this word");
            }
        }
        return items;
    }

    @Override
    public boolean isList() {
        return true;
    }

    @Override
    public List<E> parse(@Nullable List<E> soFar, String text, ValueScope scope) throws BadValue {
        List<E> more = reader.read(text, scope);
        if (soFar == null) {
            return List.copyOf(more);
        }
        List<E> all = new ArrayList<>(soFar);
        all.addAll(more);
        return List.copyOf(all);
    }

    @Override
    public boolean isNothing(List<E> value) {
        return value.isEmpty();
    }

    @Override
    public List<String> assignments(List<E> value) {
        return value.stream().map(written).toList();
    }

    @Override
    public String show(List<E> value) {
        return String.join(" ", value.stream().map(shown).toList());
    }
}
