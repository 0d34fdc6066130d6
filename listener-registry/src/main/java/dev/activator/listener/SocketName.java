package dev.activator.listener;

import java.net.Inet4Address;
import java.net.InetAddress;

/** What a socket is bound to or connected with, as the kernel knows it. socket(7), ip(7), ipv6(7), unix(7), vsock(7). */
public sealed interface SocketName {

    /** Port 0 to 65535; 0 asks for any free one. */
    record Inet4(Inet4Address address, int port) implements SocketName {}

    /**
     * Port 0 to 65535.
     *
     * @param address an IPv4 address stands for the IPv6 one below {@code ::ffff:0:0/96} that maps it: so a dual-stack
     *     socket names its IPv4 peers
     * @param scopeId index of the network interface of a link-local address, else 0
     */
    record Inet6(InetAddress address, int scopeId, int port) implements SocketName {}

    /** A node in the file system. */
    record UnixPath(String path) implements SocketName {}

    /** A name in the abstract namespace, without its leading NUL. */
    record UnixAbstract(String name) implements SocketName {}

    /** A Unix socket that is not bound, as most clients are. */
    record UnixUnnamed() implements SocketName {}

    /** Both are unsigned 32-bit numbers. */
    record Vsock(long cid, long port) implements SocketName {}

    /** Multicast groups of a netlink protocol, group 1 being the lowest bit; the kernel chooses the port. netlink(7). */
    record Netlink(int groups) implements SocketName {}

    /** An address family that Activator does not know. */
    record Unknown(int family) implements SocketName {}
}
