package dev.activator.server;

import dev.activator.handoff.CgroupPath;
import dev.activator.handoff.Credentials;
import dev.activator.listener.BorrowedFd;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a launch plan needs besides the unit, looked up by the caller so that planning stays pure.
 *
 * @param executable absolute path, found on the search path where the command names none
 * @param sockets what the main process is handed; empty for a control command
 * @param handoff the socket over which it is passed connections while it runs; null where it is passed none
 * @param identity the unit's user and group resolved, null where it has neither
 * @param environmentFiles the variables of EnvironmentFile=, later files over earlier ones
 * @param passed the super-server's own variables that PassEnvironment= names
 * @param situation variables that depend on the run: NOTIFY_SOCKET, MAINPID, SERVICE_RESULT, RUNTIME_DIRECTORY and the like
 * @param files descriptors of files that StandardInput=, StandardOutput= and StandardError= name, by target 0, 1, 2
 * @param output the unit's log
 * @param cgroup what the process joins, null where there are none
 * @param places what the host has for its confinement
 */
record LaunchInputs(
        String executable,
        List<PassedSocket> sockets,
        @Nullable HandoffEnd handoff,
        @Nullable Identity identity,
        Map<String, String> environmentFiles,
        Map<String, String> passed,
        Map<String, String> situation,
        Map<Integer, BorrowedFd> files,
        BorrowedFd output,
        @Nullable CgroupPath cgroup,
        Confinement.Places places) {

    /** A user as a process needs to know it; {@code name}, {@code home} and {@code shell} become variables. */
    record Identity(Credentials credentials, String name, String home, String shell) {}
}
