package dev.activator.config;

import java.util.ArrayList;
import java.util.List;

/** What a value may refer to while it is read, and where its wrong words are told. One per unit, on one thread. */
final class ValueScope {
    private final UnitName unit;
    private final Specifiers specifiers;
    private final List<Note> notes = new ArrayList<>(0);
    private boolean isOfUnit;

    /** A warning about the value from this offset on; the message is a clause. */
    record Note(int offset, String message) {}

    ValueScope(UnitName unit, Specifiers specifiers) {
        this.unit = unit;
        this.specifiers = specifiers;
    }

    /** Before a value is read. */
    void beginValue() {
        isOfUnit = false;
    }

    /** Whether the value that was read may be another one in another unit. */
    boolean isOfUnit() {
        return isOfUnit;
    }

    UnitName unit() {
        isOfUnit = true;
        return unit;
    }

    /** A whole value; blanks at its ends are no part of it, not even where they are left by a specifier that stands for nothing. */
    String expandAll(String text) {
        return UnitFileReader.strip(expand(text));
    }

    /** A piece of a value. */
    String expand(String text) {
        isOfUnit |= text.indexOf('%') >= 0;
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
