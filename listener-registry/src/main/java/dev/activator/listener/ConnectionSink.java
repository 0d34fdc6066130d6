package dev.activator.listener;

import java.net.InetAddress;

/** Told of open connections by their local end. */
interface ConnectionSink {
    /**
     * One open TCP connection.
     *
     * @param local the address that it came in at
     * @param family AF_INET, or AF_INET6, also for IPv4 clients of a dual-stack socket
     */
    void tcp(InetAddress local, int family, int port);

    /**
     * Connections of a Unix socket by its name.
     *
     * @param name a path, or {@code @name} for an abstract one
     */
    void unix(String name, int connections);
}
