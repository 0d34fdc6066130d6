package dev.activator.config;

/** One thing that must be so for a service to count as idle. IdleWhen=. */
public enum IdleSign implements Word {
    /** No connection is open at its listeners, and none has come and gone. */
    NO_CONNECTIONS("no-connections"),
    /** No byte has come or gone over its connections; they may be open. */
    NO_TRAFFIC("no-traffic"),
    /** Its processes have used next to no processor time. */
    NO_CPU("no-cpu");

    private final String word;

    IdleSign(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
