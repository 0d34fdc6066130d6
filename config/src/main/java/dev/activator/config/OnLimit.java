package dev.activator.config;

/** What happens to a connection that is over a limit. */
public enum OnLimit implements Word {
    /** It waits in the kernel's queue. */
    QUEUE("queue"),
    /** It is accepted and closed at once. */
    REFUSE("refuse");

    private final String word;

    OnLimit(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
