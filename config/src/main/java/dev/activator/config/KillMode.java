package dev.activator.config;

/** Which processes a stop ends. systemd.kill(5) KillMode=. */
public enum KillMode implements Word {
    /** All of the unit. */
    CONTROL_GROUP("control-group"),
    /** SIGTERM to the main process, SIGKILL to all. */
    MIXED("mixed"),
    /** The main process alone. */
    PROCESS("process"),
    /** None; only ExecStop= runs. */
    NONE("none");

    private final String word;

    KillMode(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
