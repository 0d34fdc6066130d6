package dev.activator.config;

/** The kinds of unit that a super-server knows. Other suffixes (timer, path, mount) are systemd's business alone. */
public enum UnitType {
    SOCKET("socket"),
    SERVICE("service"),
    TARGET("target");

    private final String suffix;

    UnitType(String suffix) {
        this.suffix = suffix;
    }

    /** The file name's ending without its dot, {@code socket}. */
    public String suffix() {
        return suffix;
    }
}
