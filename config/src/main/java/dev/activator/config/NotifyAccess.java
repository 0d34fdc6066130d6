package dev.activator.config;

/** Whose notifications count. systemd.service(5) NotifyAccess=. */
public enum NotifyAccess implements Word {
    NONE("none"),
    /** The main process. */
    MAIN("main"),
    /** The main and control processes. */
    EXEC("exec"),
    /** Any process of the unit. */
    ALL("all");

    private final String word;

    NotifyAccess(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
