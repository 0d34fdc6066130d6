package dev.activator.config;

/** How a service ends whose start or stop takes too long. systemd.service(5) TimeoutStartFailureMode=. */
public enum TimeoutFailureMode implements Word {
    /** With KillSignal= first. */
    TERMINATE("terminate"),
    /** With WatchdogSignal= first. */
    ABORT("abort"),
    /** With FinalKillSignal= at once. */
    KILL("kill");

    private final String word;

    TimeoutFailureMode(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
