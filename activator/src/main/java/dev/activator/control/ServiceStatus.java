package dev.activator.control;

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
 * @param idle how idle it is; null where it is not up, or has no IdleTimeoutSec=
 * @param asleep while it stands still: why, and what became of its memory; else null
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
        @Nullable IdleStatus idle,
        @Nullable String asleep) {
    public ServiceStatus {
        processes = List.copyOf(processes);
    }
}
