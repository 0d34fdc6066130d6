package dev.activator.config;

/** Time stamps on received packets. socket(7) SO_TIMESTAMP. */
public enum Timestamping implements Word {
    OFF("off"),
    /** Microseconds. */
    US("us"),
    /** Nanoseconds. */
    NS("ns");

    private final String word;

    Timestamping(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
