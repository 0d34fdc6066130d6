package dev.activator.listener;

import java.net.InetAddress;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end of an accepted connection. IPv4 clients of a dual-stack socket have an IPv4 address.
 *
 * @param address IP address; null for Unix and vsock peers
 * @param port TCP port; 0 where there is none
 * @param uid the Unix peer's user; −1 for others
 * @param gid the Unix peer's group; −1 for others
 * @param groups the Unix peer's supplementary groups
 * @param pid the Unix peer's process, 0 where it lives in another pid namespace; −1 for others
 * @param sourceKey what {@code MaxConnectionsPerSource=} counts by: IP address, {@code uid 1000} or {@code cid 3}
 * @param display for messages: {@code 10.0.0.5:4711}, {@code [::1]:4711}, {@code pid 4711 uid 1000}
 * @param name the path, or {@code @name}, that a Unix peer is bound to; null for most
 */
public record Peer(
        @Nullable InetAddress address,
        int port,
        int uid,
        int gid,
        Set<Integer> groups,
        int pid,
        String sourceKey,
        String display,
        @Nullable String name) {
    public Peer {
        groups = Set.copyOf(groups);
    }
}
