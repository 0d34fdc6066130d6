package dev.activator.server;

import dev.activator.listener.BorrowedFd;
import java.util.Map;

/**
 * A socket, or what it has stored, that a service gets at its start.
 *
 * @param name its name in LISTEN_FDNAMES
 * @param address where it listens, or the connection's own side, {@code 127.0.0.1:80} or {@code /run/x}
 * @param environment what a connection tells of its peer: REMOTE_ADDR, REMOTE_PORT, SO_COOKIE; empty for a listener
 */
record PassedSocket(BorrowedFd fd, String name, String address, Map<String, String> environment) {
    /** What the service itself has stored; need not be a socket. sd_notify(3) FDSTORE=1 */
    static PassedSocket stored(BorrowedFd fd, String name) {
        return new PassedSocket(fd, name, "", Map.of());
    }

    boolean isStored() {
        return address.isEmpty();
    }
}
