package dev.activator.control;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A super-server as a whole at one moment.
 *
 * @param state {@code starting running degraded stopping}; degraded: some unit has failed
 * @param since when it was started
 * @param runtime directory of its control socket
 * @param unitDirectories where it reads units, first wins
 * @param listenersBound listening sockets that are open
 * @param listenersWanted listening sockets that its active socket units ask for
 * @param servicesRunning instances that have a process
 * @param problems what was wrong with unit files at the last load, one printed line each
 * @param memory bytes of proportional set size; null if the kernel does not tell. proc(5) smaps_rollup
 * @param openFds file descriptors that it has open
 * @param defaultTarget the target that it starts with; {@code sockets.target} is every enabled socket
 */
public record ServerStatus(
        String version,
        int pid,
        String state,
        Instant since,
        Path runtime,
        List<Path> unitDirectories,
        int unitsLoaded,
        int unitsFailed,
        int listenersBound,
        int listenersWanted,
        int servicesRunning,
        List<String> problems,
        @Nullable Long memory,
        int openFds,
        String defaultTarget) {
    public ServerStatus {
        unitDirectories = List.copyOf(unitDirectories);
        problems = List.copyOf(problems);
    }

    /** The same with what could be learnt later, off the loop. */
    public ServerStatus withMemory(@Nullable Long bytes) {
        return new ServerStatus(
                version,
                pid,
                state,
                since,
                runtime,
                unitDirectories,
                unitsLoaded,
                unitsFailed,
                listenersBound,
                listenersWanted,
                servicesRunning,
                problems,
                bytes,
                openFds,
                defaultTarget);
    }
}
