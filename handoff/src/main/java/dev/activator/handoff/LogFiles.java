package dev.activator.handoff;

import java.nio.file.Path;

/** Where {@link OutputLog} writes and {@link LogReader} reads. */
public final class LogFiles {
    private LogFiles() {}

    /** The file of a unit that is being written. */
    public static Path current(Path directory, String unit) {
        return directory.resolve(unit.replace('/', '_') + ".log");
    }
}
