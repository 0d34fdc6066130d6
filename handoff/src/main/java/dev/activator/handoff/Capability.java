package dev.activator.handoff;

import dev.activator.config.Capabilities;
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

    /**
     * The set as the kernel takes it.
     *
     * @throws IllegalArgumentException where the kernel has no such capability
     */
    static long bits(Iterable<Capability> capabilities) {
        long bits = 0;
        for (Capability capability : capabilities) {
            int number = Capabilities.NAMES.indexOf(capability.name);
            if (number < 0) {
                throw new IllegalArgumentException(capability + " is no capability of Linux");
            }
            bits |= 1L << number;
        }
        return bits;
    }

    /** {@code CAP_NET_BIND_SERVICE}. */
    @Override
    public String toString() {
        return "CAP_" + name.toUpperCase(Locale.ROOT);
    }
}
