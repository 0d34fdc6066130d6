package dev.activator.config;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a socket listens. Equality of the usual kinds is written out: what a record has by itself the JVM puts together at its first use,
 * which is during a start. {@code toString} gives the form of {@code systemctl list-sockets}, and every form can be assigned again.
 * systemd.socket(5).
 */
public sealed interface ListenAddress {

    /** That of TCP and UDP; 0 for what has none. */
    default int internetPort() {
        if (this instanceof AnyPort any) {
            return any.port();
        }
        if (this instanceof Inet4 four) {
            return four.port();
        }
        return this instanceof Inet6 six ? six.port() : 0;
    }

    /** A bare port: IPv6 any address, which takes IPv4 too; IPv4 any where the host has no IPv6. Port 1 to 65535. */
    record AnyPort(int port) implements ListenAddress {
        @Override
        public int hashCode() {
            return port;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof AnyPort that && port == that.port;
        }

        @Override
        public String toString() {
            return "[::]:" + port;
        }
    }

    /** An IPv4 address and port 1 to 65535. */
    record Inet4(Inet4Address address, int port) implements ListenAddress {
        @Override
        public int hashCode() {
            return 31 * address.hashCode() + port;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Inet4 that && port == that.port && address.equals(that.address);
        }

        @Override
        public String toString() {
            return address.getHostAddress() + ":" + port;
        }
    }

    /**
     * An IPv6 address and port 1 to 65535.
     *
     * @param scope interface name or index for link-local addresses; the address itself never carries one
     */
    record Inet6(Inet6Address address, @Nullable String scope, int port) implements ListenAddress {
        @Override
        public int hashCode() {
            return 31 * address.hashCode() + port;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Inet6 that
                    && port == that.port
                    && address.equals(that.address)
                    && Objects.equals(scope, that.scope);
        }

        @Override
        public String toString() {
            return "[" + AddressText.shorten(address) + "]:" + port + (scope == null ? "" : "%" + scope);
        }
    }

    /** A socket file; absolute path of at most 107 bytes. */
    record UnixPath(String path) implements ListenAddress {
        @Override
        public int hashCode() {
            return path.hashCode();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof UnixPath that && path.equals(that.path);
        }

        @Override
        public String toString() {
            return path;
        }
    }

    /** A name in the abstract namespace, without its leading NUL byte; at most 107 bytes. unix(7). */
    record UnixAbstract(String name) implements ListenAddress {
        @Override
        public String toString() {
            return "@" + name;
        }
    }

    /**
     * An AF_VSOCK address. vsock(7).
     *
     * @param cid context id as an unsigned 32-bit number; {@link #ANY_CID} means every one of this machine's
     * @param port unsigned 32-bit number
     */
    record Vsock(long cid, long port) implements ListenAddress {
        /** VMADDR_CID_ANY. */
        public static final long ANY_CID = 0xFFFF_FFFFL;

        @Override
        public String toString() {
            return "vsock:" + (cid == ANY_CID ? "" : cid) + ":" + port;
        }
    }

    /** A FIFO, device node, or file of /proc or /sys; absolute path. */
    record FilePath(String path) implements ListenAddress {
        @Override
        public String toString() {
            return path;
        }
    }

    /** A netlink family by name, {@code kobject-uevent}, and a multicast group; 0 is none. netlink(7). */
    record Netlink(String family, long group) implements ListenAddress {
        @Override
        public String toString() {
            return group == 0 ? family : family + " " + group;
        }
    }

    /** A POSIX message queue, {@code /name}. mq_overview(7). */
    record QueueName(String name) implements ListenAddress {
        @Override
        public String toString() {
            return name;
        }
    }

    /** The internet address of {@code AnyPort}, {@code Inet4} and {@code Inet6}; null for the others and for a bare port. */
    default @Nullable InetAddress internetAddress() {
        if (this instanceof Inet4 four) {
            return four.address();
        }
        return this instanceof Inet6 six ? six.address() : null;
    }
}
