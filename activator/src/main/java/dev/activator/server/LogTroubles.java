package dev.activator.server;

import dev.activator.config.UnitName;
import dev.activator.handoff.LogListener;
import java.nio.file.Path;

/** Says when a unit's output cannot be stored, and when it can again. */
record LogTroubles(EventLog log) implements LogListener {
    @Override
    public void onWriteFailed(String unit, Path file, String reason) {
        log.warn(name(unit), "cannot write " + file + ": " + reason + ", output is dropped until that is mended");
    }

    @Override
    public void onWriteResumed(String unit, Path file, long droppedLines) {
        log.note(name(unit), "writing " + file + " again, " + droppedLines + " lines were lost");
    }

    private static UnitName name(String unit) {
        UnitName name = UnitName.parse(unit);
        if (name == null) {
            throw new IllegalArgumentException(unit + " is no unit name");
        }
        return name;
    }
}
