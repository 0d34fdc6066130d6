package dev.activator.cli;

import java.io.IOException;
import java.io.InputStream;

/** Takes a stream of text as it arrives. */
@FunctionalInterface
interface OutputLines {
    /** Reads the stream to its end. */
    void copy(InputStream text) throws IOException;
}
