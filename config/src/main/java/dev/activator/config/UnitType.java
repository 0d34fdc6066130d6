package dev.activator.config;

import org.jspecify.annotations.Nullable;

/** The kinds of unit that a super-server knows. Other suffixes (timer, path, mount) are systemd's business alone. */
public enum UnitType {
    SOCKET("socket"),
    SERVICE("service"),
    TARGET("target");

    private static final UnitType[] ALL = values();

    private final String suffix;

    UnitType(String suffix) {
        this.suffix = suffix;
    }

    /** The type of a name, by its ending; null where it has none of these. */
    static @Nullable UnitType ofName(String name) {
        int dot = name.lastIndexOf('.');
        for (UnitType type : ALL) {
            String suffix = type.suffix;
            if (suffix.length() == name.length() - dot - 1 && name.endsWith(suffix) && dot >= 0) {
                return type;
            }
        }
        return null;
    }

    /** The file name's ending without its dot, {@code socket}. */
    public String suffix() {
        return suffix;
    }
}
