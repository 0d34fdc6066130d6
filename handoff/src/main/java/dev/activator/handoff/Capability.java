package dev.activator.handoff;

import java.util.Locale;

/**
 * One capability by its name without the prefix, {@code net_bind_service}. capabilities(7).
 *
 * @param name lower case
 */
public record Capability(String name) {
    public Capability {
        name = name.toLowerCase(Locale.ROOT);
        name = name.startsWith("cap_") ? name.substring("cap_".length()) : name;
        if (!name.matches("[a-z_]+")) {
            throw new IllegalArgumentException("'" + name + "' is no capability");
        }
    }

    /** {@code CAP_NET_BIND_SERVICE}. */
    @Override
    public String toString() {
        return "CAP_" + name.toUpperCase(Locale.ROOT);
    }
}
