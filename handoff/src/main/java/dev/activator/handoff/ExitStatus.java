package dev.activator.handoff;

import dev.activator.config.Signal;
import org.jspecify.annotations.Nullable;

/** How a process ended. wait(2). */
public sealed interface ExitStatus {

    /**
     * The program ended by itself.
     *
     * @param code 0 to 255
     */
    record Exited(int code) implements ExitStatus {
        @Override
        public String toString() {
            return "exited with code " + code;
        }
    }

    /** A signal ended it. */
    record Signaled(Signal signal, boolean coreDumped) implements ExitStatus {
        @Override
        public String toString() {
            return "killed by " + signal + (coreDumped ? " (core dumped)" : "");
        }
    }

    /**
     * The program never ran: the chain that leads to it failed at this stage.
     *
     * @param description what was being done, {@code joining cgroup '/sys/fs/cgroup/x'}
     */
    record NeverExecuted(LaunchStage stage, String description) implements ExitStatus {
        @Override
        public String toString() {
            return "failed at " + description;
        }
    }

    /** It is gone, and its status went to another process, its parent: an adopted process that is not our child. */
    record Unknown() implements ExitStatus {
        @Override
        public String toString() {
            return "exited, status unknown";
        }
    }

    /** The stage of the chain that failed, null where the program itself ran. */
    default @Nullable LaunchStage failedStage() {
        return this instanceof NeverExecuted failure ? failure.stage() : null;
    }

    /** Whether the program ended by itself with code 0. */
    default boolean isSuccess() {
        return this instanceof Exited exited && exited.code() == 0;
    }

    /** Reads the status that waitpid(2) stores. */
    static ExitStatus ofWaitStatus(int status) {
        int signal = status & 0x7f;
        return signal == 0 ? new Exited((status >> 8) & 0xff) : new Signaled(new Signal(signal), (status & 0x80) != 0);
    }
}
