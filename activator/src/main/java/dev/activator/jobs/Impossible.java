package dev.activator.jobs;

import java.io.Serial;

/** What was asked for cannot be done, whatever the machines do; the message is a sentence. Nothing was begun. */
public final class Impossible extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    Impossible(String sentence) {
        super(sentence);
    }

    /** Why. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
