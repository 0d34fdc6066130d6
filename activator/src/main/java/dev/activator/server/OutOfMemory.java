package dev.activator.server;

import dev.activator.config.Signal;
import dev.activator.handoff.ExitStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Tells whether a SIGKILL that nobody here has sent may have been the kernel's, for want of memory: it counts those that it kills, of the whole
 * host or within a cgroup's limit, but does not say whom. For the loop's thread. proc_vmstat(5) oom_kill.
 */
final class OutOfMemory {
    private static final String FIELD = "oom_kill ";

    private final Path statistics;
    private long seen;

    /** Counts from now on. */
    OutOfMemory(Path statistics) {
        this.statistics = statistics;
        this.seen = read();
    }

    /** How a process ended, with the likely reason where one is known. */
    String explain(ExitStatus status) {
        boolean isKilled = status instanceof ExitStatus.Signaled signaled
                && signaled.signal().equals(Signal.KILL);
        if (!isKilled) {
            return status.toString();
        }
        long now = read();
        boolean isLikely = now > seen;
        seen = now;
        return isLikely
                ? status + ", as it seems by the kernel for want of memory; its log ('dmesg') tells"
                : status.toString();
    }

    private long read() {
        try {
            return Files.readString(statistics, StandardCharsets.ISO_8859_1)
                    .lines()
                    .filter(line -> line.startsWith(FIELD))
                    .mapToLong(line ->
                            Long.parseLong(line.substring(FIELD.length()).trim()))
                    .findFirst()
                    .orElse(0);
        } catch (IOException untold) {
            return 0;
        }
    }
}
