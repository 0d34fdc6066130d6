package dev.activator.control;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What only a service has.
 *
 * @param main its main process, the running one or the last; null if it was never started
 * @param processes the processes of its tree, main first; empty when it sleeps
 * @param controlGroup path below the cgroup root; null if it has none of its own
 * @param memory bytes of proportional set size of the tree; null if unknown or not running
 * @param cpuNanos processor time that this run has used; null if unknown
 * @param statusText what the service last said with STATUS=. sd_notify(3)
 * @param connection the peer that an {@code Accept=yes} instance serves; null for other services
 * @param restarts automatic restarts since it was last started by hand or reset
 * @param idleStopAt when it is going to be stopped if no connection comes; null while one is open or without IdleTimeoutSec=
 */
public record ServiceStatus(
        @Nullable MainProcess main,
        List<ProcessStatus> processes,
        @Nullable String controlGroup,
        @Nullable Long memory,
        @Nullable Long cpuNanos,
        @Nullable String statusText,
        @Nullable String connection,
        int restarts,
        @Nullable Instant idleStopAt) {
    public ServiceStatus {
        processes = List.copyOf(processes);
    }
}
