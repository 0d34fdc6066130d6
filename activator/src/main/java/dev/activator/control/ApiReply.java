package dev.activator.control;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/** The answer to one {@link ApiCall}. */
sealed interface ApiReply {

    /**
     * What happens from now on, as it happens, until the client leaves.
     *
     * @param after events with a greater number that are still remembered come first
     * @param unit only of this one; empty for all
     */
    record Events(EventFeed feed, long after, String unit) implements ApiReply {
        boolean wants(Event event) {
            return unit.isEmpty() || unit.equals(event.unit());
        }
    }

    /** A whole body, known at once. */
    record Whole(int status, String contentType, ByteBuffer body) implements ApiReply {}

    /**
     * The end of a unit's log as plain text, and with {@code follow} whatever is written to it from then on, until the client leaves.
     *
     * @param lines how many of the last lines to begin with
     */
    record Log(Path file, int lines, boolean follow) implements ApiReply {}
}
