package dev.activator.config;

/** What a service sees of /home, /root and /run/user. systemd.exec(5) ProtectHome=. */
public enum ProtectHome implements Word {
    NO("no"),
    /** Nothing. */
    YES("yes"),
    READ_ONLY("read-only"),
    /** Empty file systems. */
    TMPFS("tmpfs");

    private final String word;

    ProtectHome(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
