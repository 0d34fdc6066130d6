package dev.activator.config;

/** What wakes a service. */
public enum WakeOn implements Word {
    /** A connection. */
    CONNECTION("connection"),
    /** Its first byte, so that one who only looks whether a port is open wakes nothing. */
    FIRST_BYTE("first-byte");

    private final String word;

    WakeOn(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
