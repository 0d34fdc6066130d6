package dev.activator.handoff;

import dev.activator.listener.Errno;

/**
 * There is no process, and why: {@code executing '/no/such': ENOENT (No such file or directory)}. Nothing of the attempt is left
 * behind.
 */
public final class LaunchFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final LaunchStage stage;
    private final transient Errno errno;

    public LaunchFailure(LaunchStage stage, Errno errno, String message) {
        super(message);
        this.stage = stage;
        this.errno = errno;
    }

    static LaunchFailure of(LaunchPlan plan, LaunchStage stage, Errno errno) {
        return new LaunchFailure(stage, errno, stage.describe(plan) + ": " + errno);
    }

    static LaunchFailure of(LaunchPlan plan, LaunchStage stage, Errno errno, String hint) {
        return new LaunchFailure(stage, errno, stage.describe(plan) + ": " + errno + ", " + hint);
    }

    public LaunchStage stage() {
        return stage;
    }

    public Errno errno() {
        return errno;
    }

    /** Whether the host is only short of something just now, so that the same launch may work in a moment. */
    public boolean isPassing() {
        return errno.isShortage() || errno.equals(Errno.EAGAIN) || errno.number() == ETXTBSY;
    }

    /** A package manager is just writing the executable. */
    private static final int ETXTBSY = 26;
}
