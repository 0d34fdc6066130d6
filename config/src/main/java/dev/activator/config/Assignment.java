package dev.activator.config;

import java.nio.file.Path;

/**
 * One {@code key=value} line of a unit file, or one scalar of a YAML or JSON file.
 *
 * @param section the section it stands in
 * @param value without blanks at its ends; continued lines are joined
 * @param line of the key; from 1
 * @param column of the key; from 1
 * @param spans where the pieces of the value stand: offset in the value, line and column of the first, then of one more for each
 *     continued line
 */
record Assignment(String section, String key, String value, Path file, int line, int column, int[] spans) {
    private static final int SPAN = 3;

    static Assignment on(String section, String key, String value, Location keyAt, Location valueAt) {
        int[] span = {0, valueAt.line(), valueAt.column()};
        return new Assignment(section, key, value, keyAt.file(), keyAt.line(), keyAt.column(), span);
    }

    Location keyAt() {
        return new Location(file, line, column);
    }

    /** Where the value's character at this offset stands. */
    Location valueAt(int offset) {
        int i = spans.length - SPAN;
        while (i > 0 && spans[i] > offset) {
            i -= SPAN;
        }
        return new Location(file, spans[i + 1], spans[i + 2] + offset - spans[i]);
    }
}
