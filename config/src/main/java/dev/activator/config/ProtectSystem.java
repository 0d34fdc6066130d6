package dev.activator.config;

/** How much of the file system is read-only for a service. systemd.exec(5) ProtectSystem=. */
public enum ProtectSystem implements Word {
    NO("no"),
    /** /usr and the boot loader's directories. */
    YES("yes"),
    /** /etc, too. */
    FULL("full"),
    /** Everything but /dev, /proc and /sys. */
    STRICT("strict");

    private final String word;

    ProtectSystem(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
