package dev.activator.control;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The main process of a service, running or over.
 *
 * @param name its command name, {@code sshd}
 * @param exited null while it runs
 * @param code how it ended: {@code exited killed dumped}; null while it runs
 * @param status exit status, or the signal's number if it was killed; 0 while it runs
 */
public record MainProcess(
        int pid,
        String name,
        @Nullable Instant started,
        @Nullable Instant exited,
        @Nullable String code,
        int status) {

    public boolean isRunning() {
        return code == null;
    }
}
