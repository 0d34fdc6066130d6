package dev.activator.config;

import org.jspecify.annotations.Nullable;

/** One address to listen at, as one Listen directive declares it. systemd.socket(5). */
public record ListenSocket(SocketKind kind, ListenAddress address) {
    // By hand for the same reason as those of addresses.
    @Override
    public int hashCode() {
        return 31 * address.hashCode() + kind.hashCode();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ListenSocket that && kind == that.kind && address.equals(that.address);
    }

    /** As {@code systemctl show -p Listen} prints it: {@code [::]:80 (Stream)}. */
    @Override
    public String toString() {
        return address + " (" + kind.shown() + ")";
    }
}
