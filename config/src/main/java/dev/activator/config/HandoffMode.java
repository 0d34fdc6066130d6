package dev.activator.config;

/** Who accepts the connections of a socket unit without {@code Accept=yes}. Handoff=. */
public enum HandoffMode implements Word {
    /** The service, which is handed the listener. */
    LISTEN("listen"),
    /** The super-server, which passes each connection to a service that runs. */
    PASS("pass");

    private final String word;

    HandoffMode(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
