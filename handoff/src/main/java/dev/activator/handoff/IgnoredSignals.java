package dev.activator.handoff;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which signals this process ignores: a child would go on ignoring them. proc_pid_status(5) SigIgn. */
final class IgnoredSignals {
    private static final long SIGPIPE = 1L << 12;

    private IgnoredSignals() {}

    /** As bits, the lowest for signal 1; SIGPIPE always, which a JVM's libraries may come to ignore. */
    static long ofThisProcess() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("SigIgn:")) {
                    return Long.parseUnsignedLong(
                                    line.substring("SigIgn:".length()).trim(), 16)
                            | SIGPIPE;
                }
            }
            throw new IOException("no SigIgn in /proc/self/status");
        } catch (IOException e) {
            throw new UncheckedIOException("reading /proc/self/status", e);
        }
    }
}
