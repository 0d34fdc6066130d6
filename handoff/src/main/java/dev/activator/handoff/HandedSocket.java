package dev.activator.handoff;

import org.jspecify.annotations.Nullable;

/**
 * A socket as a process has it, for those who tell the process of it.
 *
 * @param number of the descriptor
 * @param name as in LISTEN_FDNAMES
 * @param address {@code 127.0.0.1:80}, {@code [::]:80}, {@code /run/x}, {@code @x}; of a connection its own side
 */
public record HandedSocket(int number, String name, String address) {
    private boolean isInternet() {
        return !address.startsWith("/") && !address.startsWith("@") && address.lastIndexOf(':') > 0;
    }

    /** The IP address without brackets; null where it has none. */
    @Nullable
    String host() {
        if (!isInternet()) {
            return null;
        }
        String host = address.substring(0, address.lastIndexOf(':'));
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Null where it has none. */
    public @Nullable String port() {
        return isInternet() ? address.substring(address.lastIndexOf(':') + 1) : null;
    }
}
