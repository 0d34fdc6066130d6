package dev.activator.listener;

import dev.activator.config.ListenAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Set;

/** Turns socket names into peers and texts. */
final class Peers {
    private Peers() {}

    /** @param credentials of a Unix peer; not asked of others */
    static Peer peer(SocketName remote, PeerCredentials credentials) {
        if (remote instanceof SocketName.Inet4 four) {
            return internet(four.address(), four.port());
        }
        if (remote instanceof SocketName.Inet6 six) {
            return internet(six.address(), six.port());
        }
        if (remote instanceof SocketName.Vsock vsock) {
            return new Peer(null, 0, -1, -1, Set.of(), -1, "cid " + vsock.cid(), address(remote), null);
        }
        if (remote instanceof SocketName.Unknown) {
            return new Peer(null, 0, -1, -1, Set.of(), -1, "unknown", "unknown", null);
        }
        return new Peer(
                null,
                0,
                credentials.uid(),
                credentials.gid(),
                credentials.groups(),
                credentials.pid(),
                "uid " + credentials.uid(),
                "pid " + credentials.pid() + " uid " + credentials.uid(),
                remote instanceof SocketName.UnixUnnamed ? null : address(remote));
    }

    private static Peer internet(InetAddress address, int port) {
        String host = host(address);
        return new Peer(address, port, -1, -1, Set.of(), -1, host, address(address, host, port), null);
    }

    /** As lists show it: {@code 10.0.0.1:80}, {@code [::1]:80}, {@code /run/x}, {@code @x}, {@code vsock:3:80}. */
    static String address(SocketName name) {
        if (name instanceof SocketName.Inet4 four) {
            return address(four.address(), four.port());
        }
        if (name instanceof SocketName.Inet6 six) {
            return address(six.address(), six.port());
        }
        if (name instanceof SocketName.UnixPath unix) {
            return unix.path();
        }
        if (name instanceof SocketName.UnixAbstract unix) {
            return "@" + unix.name();
        }
        return name instanceof SocketName.Vsock vsock ? "vsock:" + vsock.cid() + ":" + vsock.port() : "";
    }

    /** As instance names have it, without brackets: {@code ::1:80}; systemd.socket(5) Accept=. */
    static String instancePart(SocketName name) {
        if (name instanceof SocketName.Inet4 four) {
            return host(four.address()) + ":" + four.port();
        }
        if (name instanceof SocketName.Inet6 six) {
            return host(six.address()) + ":" + six.port();
        }
        return name instanceof SocketName.Vsock vsock ? vsock.cid() + ":" + vsock.port() : "";
    }

    /** The same of a client, whose host is known as text already. */
    static String instancePart(SocketName name, Peer client) {
        if (name instanceof SocketName.Inet4) {
            return client.display();
        }
        return name instanceof SocketName.Inet6 ? client.sourceKey() + ":" + client.port() : instancePart(name);
    }

    /** {@code 10.0.0.5:4711}, {@code [::1]:4711}. */
    static String address(InetAddress address, int port) {
        return address(address, host(address), port);
    }

    private static String address(InetAddress address, String host, int port) {
        return address instanceof Inet6Address ? "[" + host + "]:" + port : host + ":" + port;
    }

    private static String host(InetAddress address) {
        if (address instanceof Inet6Address six) {
            // ListenAddress knows the short form of RFC 5952.
            String shown = new ListenAddress.Inet6(six, null, 1).toString();
            return shown.substring(1, shown.lastIndexOf(']'));
        }
        return address.getHostAddress();
    }
}
