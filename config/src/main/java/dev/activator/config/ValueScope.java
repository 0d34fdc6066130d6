package dev.activator.config;

import java.util.ArrayList;
import java.util.List;

/** What a value may refer to while it is read, and where its wrong words are told. One per unit, on one thread. */
final class ValueScope {
    private final Specifiers specifiers;
    private final List<Note> notes = new ArrayList<>(0);

    /** A warning about the value from this offset on; the message is a clause. */
    record Note(int offset, String message) {}

    ValueScope(Specifiers specifiers) {
        this.specifiers = specifiers;
    }

    /** A whole value; blanks at its ends are no part of it, not even where they are left by a specifier that stands for nothing. */
    String expandAll(String text) {
        return UnitFileReader.strip(expand(text));
    }

    /** A piece of a value. */
    String expand(String text) {
        return specifiers.expand(text);
    }

    /** Something about the value is worth a warning, a wrong word of a list that is left out say; the rest counts. */
    void note(int offset, String message) {
        notes.add(new Note(offset, message));
    }

    boolean hasNotes() {
        return !notes.isEmpty();
    }

    /** What was told since the last call. */
    List<Note> drain() {
        if (notes.isEmpty()) {
            return List.of();
        }
        List<Note> all = List.copyOf(notes);
        notes.clear();
        return all;
    }
}
