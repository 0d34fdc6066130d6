package dev.activator.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one file says, before anyone asks whether it makes sense.
 *
 * @param headers every section header in the file's order
 * @param flaws lines that were skipped
 * @param fatal why reading stopped before the end; null if it did not
 */
record UnitFile(
        Path path,
        List<Header> headers,
        List<Assignment> assignments,
        List<Flaw> flaws,
        @Nullable Flaw fatal) {

    /** A {@code [Section]} line. */
    record Header(String section, Location at) {}

    /** Something that is wrong with the text as such; the message is a clause. */
    record Flaw(Location at, String message) {}

    UnitFile {
        headers = List.copyOf(headers);
        assignments = List.copyOf(assignments);
        flaws = List.copyOf(flaws);
    }

    /** A file of which nothing could be read. */
    static UnitFile unreadable(Path path, String why) {
        return new UnitFile(path, List.of(), List.of(), List.of(), new Flaw(new Location(path, 0, 0), why));
    }
}
