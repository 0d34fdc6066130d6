package dev.activator.config;

/** One address to listen at, as one Listen directive declares it. systemd.socket(5). */
public record ListenSocket(SocketKind kind, ListenAddress address) {
    /** As {@code systemctl show -p Listen} prints it: {@code [::]:80 (Stream)}. */
    @Override
    public String toString() {
        return address + " (" + kind.shown() + ")";
    }
}
