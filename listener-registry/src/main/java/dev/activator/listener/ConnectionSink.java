package dev.activator.listener;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Told of open connections by their local end. */
interface ConnectionSink {
    /**
     * One open TCP connection.
     *
     * @param local the address that it came in at
     * @param family AF_INET, or AF_INET6, also for IPv4 clients of a dual-stack socket
     * @param traffic null where it was not asked for, or is not known
     */
    void tcp(InetAddress local, int family, int port, @Nullable Traffic traffic);

    /**
     * Connections of a Unix socket by its name.
     *
     * @param name a path, or {@code @name} for an abstract one
     */
    void unix(String name, int connections);
}
