package dev.activator.accounting;

/** How a run of a service ended. */
public enum End {
    /** It was stopped; its sockets wait for the next client. */
    STOPPED("stopped"),
    /** It stands still in memory. */
    FROZEN("frozen"),
    /** It ended by itself. */
    EXITED("exited"),
    /** It failed; until it runs again it is down, which is no sleep. */
    FAILED("failed");

    private final String word;

    End(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    static End of(String word) {
        for (End end : values()) {
            if (end.word.equals(word)) {
                return end;
            }
        }
        throw new IllegalArgumentException("'" + word + "' is no end of a run");
    }
}
