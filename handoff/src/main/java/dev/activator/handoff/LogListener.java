package dev.activator.handoff;

import java.nio.file.Path;

/** Told, on the loop's thread, when a unit's output can no longer be stored, and when it can again; once each. */
public interface LogListener {

    /**
     * From now on output is dropped and counted; the service is not held up.
     *
     * @param reason {@code No space left on device}
     */
    void onWriteFailed(String unit, Path file, String reason);

    /**
     * It is stored again.
     *
     * @param droppedLines how many lines were lost in between
     */
    void onWriteResumed(String unit, Path file, long droppedLines);
}
