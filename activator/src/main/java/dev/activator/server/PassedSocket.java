package dev.activator.server;

import dev.activator.listener.BorrowedFd;
import java.util.Map;

/**
 * A socket that a service gets at its start.
 *
 * @param name its name in LISTEN_FDNAMES
 * @param address where it listens, or the connection's own side, {@code 127.0.0.1:80} or {@code /run/x}
 * @param environment what a connection tells of its peer: REMOTE_ADDR, REMOTE_PORT, SO_COOKIE; empty for a listener
 */
record PassedSocket(BorrowedFd fd, String name, String address, Map<String, String> environment) {}
