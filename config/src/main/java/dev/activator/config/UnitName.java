package dev.activator.config;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Full name of a unit: {@code web.socket}, the template {@code ssh@.service} (instance is empty), or an instance of one,
 * {@code ssh@0-10.0.0.1:22.service}. systemd.unit(5).
 *
 * @param prefix what stands before {@code @}, or the whole name without its suffix; never empty
 * @param instance what stands after {@code @}, still escaped; null for a plain unit, empty for a template
 * @param type the kind of unit, which is the suffix
 */
public record UnitName(String prefix, @Nullable String instance, UnitType type) implements Comparable<UnitName> {
    /** Longest name, in bytes. */
    public static final int MAX_LENGTH = 255;

    /** Reads a full name; null where it is none (unknown suffix, bad characters, over 255 bytes). */
    public static @Nullable UnitName parse(String text) {
        if (!isValid(text)) {
            return null;
        }
        for (UnitType type : UnitType.values()) {
            if (text.endsWith("." + type.suffix())) {
                return split(text.substring(0, text.length() - type.suffix().length() - 1), type);
            }
        }
        return null;
    }

    private static @Nullable UnitName split(String name, UnitType type) {
        int at = name.indexOf('@');
        if (at < 0) {
            return name.isEmpty() ? null : new UnitName(name, null, type);
        }
        return at == 0 ? null : new UnitName(name.substring(0, at), name.substring(at + 1), type);
    }

    /** Whether the text has only characters that a unit name of any type may have, and is not too long. */
    static boolean isValid(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isNameCharacter(text.charAt(i)) && text.charAt(i) != '@') {
                return false;
            }
        }
        return !text.isEmpty() && text.getBytes(StandardCharsets.UTF_8).length <= MAX_LENGTH;
    }

    static boolean isNameCharacter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || ":-_.\\".indexOf(c) >= 0;
    }

    /** Whether this is a template, {@code ssh@.service}. */
    public boolean isTemplate() {
        return instance != null && instance.isEmpty();
    }

    /** Whether this is an instance of a template, {@code ssh@x.service}. */
    public boolean isInstance() {
        return instance != null && !instance.isEmpty();
    }

    /** The template that this instance comes from; the name itself for a plain unit. */
    public UnitName template() {
        return instance == null ? this : new UnitName(prefix, "", type);
    }

    /** The same prefix and instance with another type: {@code web.socket} gives {@code web.service}. */
    public UnitName withType(UnitType other) {
        return new UnitName(prefix, instance, other);
    }

    /** The same prefix and type with another instance; null makes a plain name, empty a template. */
    public UnitName withInstance(@Nullable String other) {
        return new UnitName(prefix, other, type);
    }

    /** The name without its suffix: {@code ssh@x}. Specifier {@code %N} before unescaping. */
    public String withoutSuffix() {
        return instance == null ? prefix : prefix + "@" + instance;
    }

    /** By prefix, instance and type; a plain unit before the template of its name. */
    @Override
    public int compareTo(UnitName other) {
        int byPrefix = prefix.compareTo(other.prefix);
        if (byPrefix != 0) {
            return byPrefix;
        }
        int byInstance =
                Objects.requireNonNullElse(instance, "").compareTo(Objects.requireNonNullElse(other.instance, ""));
        if (byInstance != 0) {
            return byInstance;
        }
        int byTemplate = Boolean.compare(instance != null, other.instance != null);
        return byTemplate != 0 ? byTemplate : type.compareTo(other.type);
    }

    @Override
    public String toString() {
        return withoutSuffix() + "." + type.suffix();
    }
}
