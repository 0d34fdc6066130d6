package dev.activator.config;

/** What becomes of a service that is idle. */
public enum IdleAction implements Word {
    /** Its own stop sequence ends it. */
    STOP("stop"),
    /** Its processes stand still until somebody comes. */
    FREEZE("freeze"),
    /** The same, but it is stopped where nobody has come for FreezeMaxSec=. */
    FREEZE_THEN_STOP("freeze-then-stop");

    private final String word;

    IdleAction(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }

    /** Whether its processes stand still first. */
    public boolean freezes() {
        return this != STOP;
    }
}
