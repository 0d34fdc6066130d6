package dev.activator.cli;

/** A command cannot go on: the text for standard error, and the exit status. */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int exitStatus;

    /** @param exitStatus one of {@link ExitStatus} */
    public Failure(int exitStatus, String message) {
        super(message);
        this.exitStatus = exitStatus;
    }

    int exitStatus() {
        return exitStatus;
    }
}
