package dev.activator.config;

import org.jspecify.annotations.Nullable;

/**
 * Full name of a unit: {@code web.socket}, the template {@code ssh@.service} (instance is empty), or an instance of one,
 * {@code ssh@0-10.0.0.1:22.service}. systemd.unit(5).
 */
public record UnitName(String prefix, @Nullable String instance, UnitType type) implements Comparable<UnitName> {

    /** Reads a full name; null where it is none (unknown suffix, bad characters, over 255 bytes). */
    public static @Nullable UnitName parse(String text) {
        for (UnitType type : UnitType.values()) {
            String suffix = "." + type.suffix();
            if (text.endsWith(suffix)) {
                return new UnitName(text.substring(0, text.length() - suffix.length()), null, type);
            }
        }
        return null;
    }

    public boolean isTemplate() {
        return instance != null && instance.isEmpty();
    }

    /** The same prefix and instance with another type: {@code web.socket} gives {@code web.service}. */
    public UnitName withType(UnitType other) {
        return new UnitName(prefix, instance, other);
    }

    public UnitName withInstance(@Nullable String other) {
        return new UnitName(prefix, other, type);
    }

    @Override
    public int compareTo(UnitName other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return prefix + (instance == null ? "" : "@" + instance) + "." + type.suffix();
    }
}
