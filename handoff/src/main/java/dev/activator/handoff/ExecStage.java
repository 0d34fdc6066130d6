package dev.activator.handoff;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One program of an exec chain: does its step and becomes the next one.
 *
 * @param comm the name under which the kernel knows a process that runs it. proc_pid_comm(5)
 * @param command its own words, to be followed by the rest of the chain
 * @param failures which step an exit code of this program tells of, 126 and 127 (the next program cannot be executed) aside
 */
record ExecStage(String comm, List<String> command, Map<Integer, LaunchStage> failures) {
    private static final int NOT_EXECUTABLE = 126;
    private static final int NOT_FOUND = 127;

    ExecStage {
        command = List.copyOf(command);
        failures = Map.copyOf(failures);
    }

    /** The step that failed where this program exits with that code; null where the code is none of its own. */
    @Nullable
    LaunchStage failure(int code) {
        return code == NOT_EXECUTABLE || code == NOT_FOUND ? LaunchStage.EXEC : failures.get(code);
    }
}
