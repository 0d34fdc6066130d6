package dev.activator.config;

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
        UnitType type = UnitType.ofName(text);
        return type == null || !isValid(text)
                ? null
                : split(text.substring(0, text.length() - type.suffix().length() - 1), type);
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
        return !text.isEmpty() && text.length() <= MAX_LENGTH; // a byte each
    }

    static boolean isNameCharacter(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= '-' && c <= ':' && c != '/')
                || (c >= 'A' && c <= 'Z')
                || c == '_'
                || c == '\\';
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
        if (instance != null || other.instance != null) {
            int byInstance = (instance == null ? "" : instance).compareTo(other.instance == null ? "" : other.instance);
            int byTemplate = byInstance != 0 ? byInstance : Boolean.compare(instance != null, other.instance != null);
            if (byTemplate != 0) {
                return byTemplate;
            }
        }
        return type.compareTo(other.type);
    }

    // By hand, as what a record has by itself is put together by the JVM when it is first used, which a start cannot
    // wait for.
    @Override
    public int hashCode() {
        return (31 * prefix.hashCode() + (instance == null ? 0 : instance.hashCode())) * 31 + type.hashCode();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other == this
                || (other instanceof UnitName that
                        && type == that.type
                        && prefix.equals(that.prefix)
                        && Objects.equals(instance, that.instance));
    }

    @Override
    public String toString() {
        return instance == null ? prefix + "." + type.suffix() : prefix + "@" + instance + "." + type.suffix();
    }
}
