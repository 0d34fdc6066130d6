package dev.activator.logging;

import java.io.IOException;
import org.slf4j.event.Level;

/** Takes one event after the other, each whole; called by one thread at a time. */
interface LogSink {
    /**
     * Writes one event; does not wait for anybody.
     *
     * @param text one line, or several for a defect with its stack trace
     * @throws IOException if it is lost
     */
    void write(Level level, String text) throws IOException;

    /** Begins anew where that means something. */
    default void reopen() throws IOException {}
}
