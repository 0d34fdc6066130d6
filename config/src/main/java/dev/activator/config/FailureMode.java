package dev.activator.config;

/** What happens to the sockets of a service that fails again and again. */
public enum FailureMode implements Word {
    /** Clients wait, the next try comes later each time, success resets it. */
    BACKOFF("backoff"),
    /** The socket is closed for good when the start limit is hit. */
    SYSTEMD("systemd");

    private final String word;

    FailureMode(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
