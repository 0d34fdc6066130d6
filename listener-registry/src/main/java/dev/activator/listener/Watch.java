package dev.activator.listener;

/** The interest in one file descriptor's readiness. To pause is to cancel, to resume is to watch again. */
public interface Watch {

    /** Ends it at once, inside its own or another's callback too; nothing is reported afterwards. Idempotent. */
    void cancel();
}
