package dev.activator.config;

import java.nio.file.Path;
import java.util.List;

/**
 * One {@code key=value} line of a unit file, or one scalar of a YAML or JSON file.
 *
 * @param section the section it stands in
 * @param value without blanks at its ends; continued lines are joined
 * @param line of the key; from 1
 * @param column of the key; from 1
 * @param spans where the pieces of the value stand: one, and one more for each continued line
 */
record Assignment(String section, String key, String value, Path file, int line, int column, List<Span> spans) {

    /** A piece of a value: from this offset on it stands at this line and column. */
    record Span(int offset, int line, int column) {}

    Assignment {
        spans = List.copyOf(spans);
    }

    static Assignment on(String section, String key, String value, Location keyAt, Location valueAt) {
        List<Span> spans = List.of(new Span(0, valueAt.line(), valueAt.column()));
        return new Assignment(section, key, value, keyAt.file(), keyAt.line(), keyAt.column(), spans);
    }

    Location keyAt() {
        return new Location(file, line, column);
    }

    /** Where the value's character at this offset stands. */
    Location valueAt(int offset) {
        int i = spans.size() - 1;
        while (i > 0 && spans.get(i).offset() > offset) {
            i--;
        }
        Span span = spans.get(i);
        return new Location(file, span.line(), span.column() + offset - span.offset());
    }
}
