package dev.activator.listener;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at what the listeners of one service are used for, and remembers what it saw. A look asks the service's own sockets, so that it costs
 * the same however many sockets the host has; where they cannot be seen it walks the kernel's tables. To be closed. For the loop's thread.
 */
public final class UseMeter implements EndedConnections.Follower, AutoCloseable {
    private static final int TCP_INFO_LENGTH = 136;

    private final Kernel kernel;
    private final ConnectionCounter counter;
    private final EndedConnections endings;
    private final Supplier<List<Listener>> listeners;
    private final HeldSockets held;
    private final boolean isOneOfSeveral;
    private final Map<Listener, Long> lastDatagrams = new HashMap<>();
    private Map<Long, Long> bytesSeen = new HashMap<>();
    private ListenerAddresses addresses = new ListenerAddresses(List.of());
    private List<Listener> present = List.of();

    UseMeter(
            Kernel kernel,
            ConnectionCounter counter,
            EndedConnections endings,
            Supplier<List<Listener>> listeners,
            HeldSockets held,
            boolean isOneOfSeveral) {
        this.kernel = kernel;
        this.counter = counter;
        this.endings = endings;
        this.listeners = listeners;
        this.held = held;
        this.isOneOfSeveral = isOneOfSeveral;
        refresh();
        resume();
        look();
    }

    /** Hears of connections that end, again after {@link #rest}. */
    public void resume() {
        if (!isOneOfSeveral) {
            endings.follow(this);
        }
    }

    /** Hears of none for a while, so that nothing is open for it; looks still see what is there. */
    public void rest() {
        endings.unfollow(this);
    }

    @Override
    public SortedSet<Integer> ports() {
        SortedSet<Integer> ports = new TreeSet<>();
        addresses.portsByFamily().values().forEach(ports::addAll);
        return ports;
    }

    /**
     * Whether nobody waits and no connection has ended since the look before; false where that is not cheap to know. Nothing is forgotten: a
     * look that follows has it all.
     */
    public boolean isQuiet() {
        refresh();
        return !isOneOfSeveral && !addresses.hasUnix() && waiting() == 0 && !endings.hasNews(this);
    }

    /** What happened since the look before, and what is open now. */
    public Use look() {
        refresh();
        ConnectionTally seen = addresses.hasUnix() ? null : heldConnections();
        return seen == null ? lookAtAll() : account(seen, isOneOfSeveral ? 0 : waiting());
    }

    /** The same from the kernel's own tables, which leave nothing out; for decisions. */
    public Use lookThoroughly() {
        return isOneOfSeveral ? look() : lookAtAll();
    }

    private Use lookAtAll() {
        refresh();
        return account(counter.tally(present), 0);
    }

    private void refresh() {
        List<Listener> now = listeners.get();
        if (!now.equals(present)) {
            present = List.copyOf(now);
            addresses = new ListenerAddresses(present);
            endings.portsChanged();
            lastDatagrams.keySet().retainAll(present);
        }
    }

    private int waiting() {
        return present.stream().mapToInt(Listener::pendingConnections).sum();
    }

    /** Null where the service's sockets cannot be seen. */
    private @Nullable ConnectionTally heldConnections() {
        ConnectionTally tally = new ConnectionTally(present);
        return held.visit(socket -> tell(socket, tally)) ? tally : null;
    }

    private void tell(BorrowedFd socket, ConnectionTally tally) {
        try {
            SocketName name = kernel.localName(socket);
            boolean isInternet = name instanceof SocketName.Inet4 || name instanceof SocketName.Inet6;
            if (!isInternet || !isOpenTcp(socket)) {
                return;
            }
            int family = ListenerBinding.family(name);
            InetAddress local =
                    name instanceof SocketName.Inet4 four ? four.address() : ((SocketName.Inet6) name).address();
            int port = name instanceof SocketName.Inet4 four ? four.port() : ((SocketName.Inet6) name).port();
            byte[] information = kernel.get(socket, SocketOption.TCP_INFO, TCP_INFO_LENGTH);
            if (TcpState.isOpen(information[0], true)) {
                long cookie = NativeOrder.getLong(kernel.get(socket, SocketOption.SO_COOKIE, 8), 0);
                tally.tcp(local, family, port, Traffic.of(cookie, information, 0));
            }
        } catch (SystemCallException noSuch) {
            return; // another protocol's socket has no such option, and is none of ours
        }
    }

    private boolean isOpenTcp(BorrowedFd socket) {
        boolean isTcp = NativeOrder.getInt(kernel.get(socket, SocketOption.SO_PROTOCOL, 4), 0) == Families.IPPROTO_TCP;
        return isTcp && NativeOrder.getInt(kernel.get(socket, SocketOption.SO_ACCEPTCONN, 4), 0) == 0;
    }

    private Use account(ConnectionTally seen, int waiting) {
        Map<Long, Long> bytesNow = new HashMap<>();
        long moved = 0;
        int silent = 0;
        for (Traffic each : seen.traffic()) {
            bytesNow.put(each.cookie(), each.bytes());
            moved += movedBy(each);
            silent += each.isSilent() ? 1 : 0;
        }
        List<Traffic> ended = ended();
        for (Traffic each : ended) {
            moved += movedBy(each);
        }
        int open = seen.total();
        int unmetered = open - seen.traffic().size();
        bytesSeen = bytesNow;
        return new Use(
                open + waiting,
                silent,
                unmetered,
                waiting,
                ended.size(),
                (int) ended.stream().filter(Traffic::isSilent).count(),
                moved,
                datagrams());
    }

    private long movedBy(Traffic connection) {
        return Math.max(0, connection.bytes() - bytesSeen.getOrDefault(connection.cookie(), 0L));
    }

    private List<Traffic> ended() {
        List<Traffic> ended = new ArrayList<>();
        if (isOneOfSeveral) {
            return ended;
        }
        for (byte[] message : endings.since(this)) {
            boolean isOurs =
                    addresses.tcp(InetDiag.localAddress(message), InetDiag.family(message), InetDiag.port(message))
                            != null;
            Traffic traffic = isOurs ? InetDiag.traffic(message) : null;
            if (traffic != null) {
                ended.add(traffic);
            }
        }
        return ended;
    }

    private int datagrams() {
        int sockets = 0;
        for (Listener listener : present) {
            if (!listener.isConnectionOriented() && listener.isInternet()) {
                long now = kernel.lastReceived(listener.fd());
                Long before = lastDatagrams.put(listener, now);
                sockets += before != null && now > 0 && now != before ? 1 : 0;
            }
        }
        return sockets;
    }

    @Override
    public void close() {
        rest();
    }
}
