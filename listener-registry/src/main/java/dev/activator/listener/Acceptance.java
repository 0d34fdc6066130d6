package dev.activator.listener;

import java.net.Inet6Address;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes connections off a listener and says who they are. */
final class Acceptance {
    /** systemd retries quietly on these (systemd 262 behaves so): an error of the one connection, not of the listener. */
    private static final Set<Errno> ERRORS_OF_THE_PEER = Set.of(
            Errno.ECONNABORTED,
            Errno.ECONNREFUSED,
            Errno.ECONNRESET,
            Errno.EHOSTDOWN,
            Errno.EHOSTUNREACH,
            Errno.ENETDOWN,
            Errno.ENETRESET,
            Errno.ENETUNREACH,
            Errno.ENONET,
            Errno.ENOPROTOOPT,
            Errno.ENOTCONN,
            Errno.EOPNOTSUPP,
            Errno.EPIPE,
            Errno.EPROTO,
            Errno.ESHUTDOWN,
            Errno.ETIMEDOUT);

    private final Kernel kernel;
    /** Whom the last connection came from, where nobody asks the connection itself. */
    private final SocketName[] from = new SocketName[1];

    private @Nullable Door last;

    Acceptance(Kernel kernel) {
        this.kernel = kernel;
    }

    /** Whether every connection comes in there; a listener on all addresses leaves that open. */
    private static boolean isOneAddress(SocketName name) {
        if (name instanceof SocketName.Inet4 four) {
            return !four.address().isAnyLocalAddress();
        }
        return name instanceof SocketName.Inet6 six
                && six.address() instanceof Inet6Address
                && !six.address().isAnyLocalAddress();
    }

    /** Put into words only where somebody looks. */
    private record Purpose(String owner, String client) {
        @Override
        public String toString() {
            return "connection " + owner + " from " + client;
        }
    }

    /** An address that connections come in at, as lists and as instance names have it. */
    private record Door(SocketName name, String address, String part) {}

    /** What is told of a connection. */
    private interface Description {
        Accepted of(OwnedFd connection);
    }

    /**
     * Takes one and says all of it.
     *
     * @param owner what the connection's purpose names, {@code web.socket}
     * @param boundTo the listener's own address
     */
    Accepted accept(BorrowedFd listener, String owner, SocketName boundTo) {
        return accept(listener, owner, null, connection -> describe(connection, owner, boundTo));
    }

    /**
     * Takes one and says no more of it than who it is: no instance is named after it.
     *
     * @param address the listener's own
     */
    Accepted acceptToPass(BorrowedFd listener, String owner, String address) {
        return accept(listener, owner, from, connection -> {
            PeerCredentials credentials =
                    isUnix(from[0]) ? kernel.peerCredentials(connection.lend()) : PeerCredentials.NONE;
            return new Accepted.Connection(connection.move(), Peers.peer(from[0], credentials), address, 0, "");
        });
    }

    private Accepted accept(BorrowedFd listener, String owner, SocketName @Nullable [] peer, Description description) {
        int fd = acceptWithoutBlocking(listener, peer);
        if (fd < 0) {
            return failed(new Errno(-fd));
        }
        OwnedFd connection = OwnedFd.adopt(fd, new Purpose(owner, "somebody"));
        try {
            return description.of(connection);
        } catch (SystemCallException reset) {
            connection.close();
            return failed(reset.errno());
        } catch (RuntimeException | Error defect) {
            connection.close();
            throw defect;
        }
    }

    /**
     * A service that shares the listener may have made it blocking, and accept4 has no flag against that. A test for readiness
     * would not do: the service can take the connection in between. So the flag is ours for the length of one call; a
     * service that is inside accept(2) at that moment has read it before and goes on waiting.
     */
    private int acceptWithoutBlocking(BorrowedFd listener, SocketName @Nullable [] peer) {
        if (kernel.isNonBlocking(listener)) {
            return kernel.accept(listener, peer);
        }
        kernel.setNonBlocking(listener, true);
        try {
            return kernel.accept(listener, peer);
        } finally {
            kernel.setNonBlocking(listener, false);
        }
    }

    /** Throws away what is queued, at most so many connections; how many it were. */
    int discardConnections(BorrowedFd listener, int most) {
        int discarded = 0;
        while (discarded < most) {
            int fd = acceptWithoutBlocking(listener, null);
            if (fd >= 0) {
                OwnedFd.adopt(fd, "discarded connection").close();
            } else if (!(failed(new Errno(-fd)) instanceof Accepted.PeerGone)) {
                return discarded;
            }
            discarded++;
        }
        return discarded;
    }

    static Accepted failed(Errno errno) {
        if (errno.equals(Errno.EAGAIN) || errno.equals(Errno.EINTR)) {
            return new Accepted.NothingQueued();
        }
        if (errno.isShortage()) {
            return new Accepted.Shortage(errno);
        }
        return ERRORS_OF_THE_PEER.contains(errno) ? new Accepted.PeerGone(errno) : new Accepted.Broken(errno);
    }

    private Accepted describe(OwnedFd connection, String owner, SocketName boundTo) {
        BorrowedFd fd = connection.lend();
        // Not what accept4 told: for one that was reset meanwhile nothing is started.
        SocketName remote = kernel.peerName(fd);
        SocketName own = isOneAddress(boundTo) ? boundTo : kernel.localName(fd);
        boolean isUnix = isUnix(own);
        PeerCredentials credentials = isUnix ? kernel.peerCredentials(fd) : PeerCredentials.NONE;
        Peer peer = Peers.peer(remote, credentials);
        long cookie = NativeOrder.getLong(kernel.get(fd, SocketOption.SO_COOKIE, 8), 0);
        Door door = door(own);
        String endpoints = isUnix ? unixEndpoints(credentials) : door.part() + "-" + Peers.instancePart(remote, peer);
        OwnedFd named = connection.move(new Purpose(owner, peer.display()));
        return new Accepted.Connection(named, peer, door.address(), cookie, endpoints);
    }

    /** Put into words again only where it is another one: clients rush in at one door. */
    @SuppressWarnings(
            "ReferenceEquality") // a listener's own name is one object; to compare others would cost what it saves
    private Door door(SocketName name) {
        Door known = last;
        if (known == null || known.name() != name) {
            known = new Door(name, Peers.address(name), Peers.instancePart(name));
            last = known;
        }
        return known;
    }

    private static String unixEndpoints(PeerCredentials credentials) {
        return credentials.pid() == 0 ? "unknown" : credentials.pid() + "-" + credentials.uid();
    }

    private static boolean isUnix(SocketName local) {
        return local instanceof SocketName.UnixPath
                || local instanceof SocketName.UnixAbstract
                || local instanceof SocketName.UnixUnnamed;
    }
}
