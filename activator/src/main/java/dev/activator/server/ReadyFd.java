package dev.activator.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The descriptor of --ready-fd, which whoever started us opened. */
final class ReadyFd {
    static final String MISSING =
            "no descriptor of that number is open for writing; open it first, as a shell does with 3>FILE";

    /** O_ACCMODE and O_RDONLY of open(2). */
    private static final int ACCESS = 3;

    private static final int READING = 0;

    private ReadyFd() {}

    /** Whether there is one that can be written to; a file that the JVM reads may have the number by now. proc_pid_fdinfo(5) */
    static boolean isOpen(int fd) {
        try {
            Path info = Path.of("/proc/self/fdinfo/" + fd);
            for (String line : new String(Files.readAllBytes(info), StandardCharsets.US_ASCII).split("\n", -1)) {
                if (line.startsWith("flags:")) {
                    int flags =
                            Integer.parseInt(line.substring("flags:".length()).trim(), 8);
                    return (flags & ACCESS) != READING;
                }
            }
            return false;
        } catch (IOException absent) {
            return false;
        }
    }
}
