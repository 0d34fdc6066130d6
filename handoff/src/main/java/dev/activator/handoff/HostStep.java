package dev.activator.handoff;

import java.util.List;

/**
 * Something rare that a program of the host does on the way to the planned one, with the super-server's own rights. A launch with such
 * a step takes the chain of system programs.
 *
 * @param arguments what the step's program is given
 * @param need the settings that ask for it, as messages name them: {@code ProtectSystem=}
 */
public record HostStep(Kind kind, List<String> arguments, String need) {
    /** What does it. */
    public enum Kind {
        /** A view of the file system, of the network and the like of its own: unshare(1) and mount(8). {@link Sandbox} */
        SANDBOX(LaunchStage.NAMESPACE),
        /** chrt(1). */
        CPU_SCHEDULING(LaunchStage.CPU_SCHEDULING),
        /** taskset(1). */
        CPU_AFFINITY(LaunchStage.CPU_AFFINITY),
        /** ionice(1). */
        IO_SCHEDULING(LaunchStage.IO_SCHEDULING);

        private final LaunchStage stage;

        Kind(LaunchStage stage) {
            this.stage = stage;
        }

        LaunchStage stage() {
            return stage;
        }
    }

    public HostStep {
        arguments = List.copyOf(arguments);
    }
}
