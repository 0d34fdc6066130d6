package dev.activator.listener;

import dev.activator.config.ListenSocket;
import dev.activator.config.SocketDirectives;
import dev.activator.config.SocketKind;
import dev.activator.config.SocketUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One bound and owned listening socket, datagram socket or FIFO of a socket unit. Closed by its {@link ListenerRegistry} or
 * through {@link #close}; cancel its watch first. For the loop's thread.
 */
public final class Listener implements AutoCloseable {
    private static final int MOST_DISCARDED = 1024;

    private final ListenerRegistry registry;
    private final SocketUnit unit;
    private final ListenSocket spec;
    private final SocketName boundTo;
    private final int effectiveBacklog;
    private final OwnedFd fd;
    private final boolean concernsConnections;
    private List<String> warnings;
    private int mostPending = -1;
    /** Texts that each connection needs, made for the first. */
    private @Nullable String name;

    private @Nullable String shownAddress;
    private @Nullable String fdName;

    Listener(ListenerRegistry registry, BindAttempt attempt, OwnedFd fd, SocketName boundTo, int effectiveBacklog) {
        this.registry = registry;
        this.unit = attempt.unit();
        this.spec = attempt.socket();
        this.fd = fd;
        this.boundTo = boundTo;
        this.effectiveBacklog = effectiveBacklog;
        this.warnings = attempt.warnings();
        this.concernsConnections = ListenerOptions.concernConnections(unit);
    }

    private Kernel kernel() {
        return registry.kernel();
    }

    private Acceptance acceptance() {
        return registry.acceptance();
    }

    public SocketUnit unit() {
        return unit;
    }

    /** The unit's name, {@code web.socket}. */
    public String unitName() {
        String known = name;
        if (known == null) {
            known = unit.name().toString();
            name = known;
        }
        return known;
    }

    public ListenSocket spec() {
        return spec;
    }

    /** Its name in LISTEN_FDNAMES. FileDescriptorName=. */
    public String fdName() {
        String known = fdName;
        if (known == null) {
            known = unit.fdName();
            fdName = known;
        }
        return known;
    }

    /** Where it listens, as lists show it: {@code [::]:80}, {@code 0.0.0.0:80} for a bare port without IPv6, {@code /run/x}. */
    public String address() {
        String known = shownAddress;
        if (known == null) {
            known = showAddress();
            shownAddress = known;
        }
        return known;
    }

    /** The same for one who asks once: not remembered. */
    public String showAddress() {
        return boundTo instanceof SocketName.Unknown ? spec.address().toString() : Peers.address(boundTo);
    }

    SocketName boundTo() {
        return boundTo;
    }

    /** Whether it is one of IPv4 or IPv6. */
    public boolean isInternet() {
        return boundTo instanceof SocketName.Inet4 || boundTo instanceof SocketName.Inet6;
    }

    public BorrowedFd fd() {
        return fd.lend();
    }

    public boolean isOpen() {
        return fd.isOpen();
    }

    /** What the unit asks for. Backlog=. */
    public int backlog() {
        return unit.get(SocketDirectives.BACKLOG);
    }

    /** What the kernel grants: Backlog= capped by net.core.somaxconn; 0 where nothing is accepted. */
    public int effectiveBacklog() {
        return effectiveBacklog;
    }

    /** Whether clients connect to it, so that {@link #accept} makes sense. */
    public boolean isConnectionOriented() {
        return spec.kind().canAccept();
    }

    /** Everything about it that is not as its unit asks, one line each; found when it was opened or given options again. */
    public List<String> warnings() {
        return warnings;
    }

    /**
     * Takes one queued connection; never blocks, whatever a service that shares this listener made of its flags. The connection
     * has the unit's options.
     */
    public Accepted accept() {
        Accepted accepted = unit.isPassing()
                ? acceptance().acceptToPass(fd(), unitName(), address())
                : acceptance().accept(fd(), unitName(), boundTo);
        if (concernsConnections && accepted instanceof Accepted.Connection connection) {
            // What a connection cannot have is what its listener was warned of; nothing new to say per client.
            options(unit).applyToConnection(connection.fd().lend());
        }
        return accepted;
    }

    private ListenerOptions options(SocketUnit previous) {
        return options(new BindAttempt(unit, spec), previous);
    }

    private ListenerOptions options(BindAttempt attempt, SocketUnit previous) {
        return new ListenerOptions(
                kernel(), attempt, ListenerBinding.family(boundTo), previous.equals(unit) ? null : previous);
    }

    /** Whether a filter of the unit's own decides who may connect. AllowFrom=, DenyFrom=. */
    boolean isFiltered() {
        return ListenerOptions.isFiltered(unit);
    }

    /** Gives it back the unit's own filter, or none, instead of one that was set for a while. */
    void restoreFilter() {
        options(unit).restoreFilter(fd());
    }

    /** Throws away what is queued, at most 1,024 connections, datagrams or reads, and says how many it were. FlushPending=. */
    public int discardQueued() {
        if (isConnectionOriented()) {
            return acceptance().discardConnections(fd(), MOST_DISCARDED);
        }
        boolean isBlocking = !kernel().isNonBlocking(fd());
        if (isBlocking) {
            kernel().setNonBlocking(fd(), true);
        }
        try {
            int discarded = 0;
            while (discarded < MOST_DISCARDED && kernel().discard(fd())) {
                discarded++;
            }
            return discarded;
        } finally {
            if (isBlocking) {
                kernel().setNonBlocking(fd(), false);
            }
        }
    }

    /** Sets the unit's options once more on the live socket, for a service that changed them. */
    public void applyOptions() {
        applyOptions(unit);
    }

    void applyOptions(SocketUnit previous) {
        BindAttempt attempt = new BindAttempt(unit, spec);
        if (!(boundTo instanceof SocketName.Unknown)) {
            ListenerOptions options = options(attempt, previous);
            options.apply(fd());
            options.applyFilter(fd());
        }
        if (isConnectionOriented()) {
            kernel().listen(fd(), backlog());
        }
        FileNode node = ListenerBinding.node(kernel(), registry.accounts(), attempt);
        if (node != null) {
            node.follow(previous);
        }
        warnings = Stream.concat(warnings.stream(), attempt.warnings().stream())
                .distinct()
                .toList();
    }

    /**
     * Connections in the accept queue, not taken by anybody yet; for datagram sockets and FIFOs 1 while something waits. Costs
     * one system call, for Unix sockets a look-up among the host's Unix sockets.
     */
    public int pendingConnections() {
        int depth = registry.queues().depth(this);
        mostPending = Math.max(mostPending, depth);
        return depth;
    }

    /** The most that {@link #pendingConnections} has seen; −1 where nobody has looked. */
    public int mostPending() {
        return mostPending;
    }

    /**
     * How often a client found the accept queue full since it was opened; each try of a handshake counts. −1 where the kernel does not tell, or
     * does not tell it apart from what AllowFrom= and DenyFrom= drop.
     */
    public long overflows() {
        return isConnectionOriented() && !isFiltered() ? droppedPackets() : -1;
    }

    /** Who waits in the queue, by what they have sent; {@code BYTES} for all but TCP. Walks the host's TCP sockets. */
    public QueueContent queueContent() {
        return registry.queueReader().content(this);
    }

    /** Takes out those who connected, sent nothing and went, if nobody else waits; how many it were. */
    public int discardProbes() {
        return registry.queueReader().discardProbes(this);
    }

    int discard(int most) {
        return acceptance().discardConnections(fd(), most);
    }

    /** Numbers of what waits in the accept queue, each the same as long as it does; empty where the kernel does not tell. */
    public Optional<Set<Long>> queuedIdentities() {
        return registry.queueReader().identities(this);
    }

    /** Packets dropped so far because AllowFrom= or DenyFrom= keeps their sender out, or the queue was full; −1 where unknown. */
    public long droppedPackets() {
        return registry.queueReader().dropped(this);
    }

    /** Removes it from the registry and closes it; with RemoveOnStop= its node and links go as well. Idempotent. */
    @Override
    public void close() {
        if (!fd.isOpen()) {
            return;
        }
        BindAttempt attempt = new BindAttempt(unit, spec);
        FileNode node = ListenerBinding.node(kernel(), registry.accounts(), attempt);
        if (node != null && unit.get(SocketDirectives.REMOVE_ON_STOP)) {
            node.remove();
        }
        forget();
    }

    /** Removes it from the registry and closes our descriptor, leaving nodes as they are: another process goes on with it. */
    public void forget() {
        if (fd.isOpen()) {
            registry.remove(this);
            fd.close();
        }
    }

    /** Undoes an opening whose unit could not be opened whole: the node of a socket goes too, a FIFO may be older than we. */
    void undo() {
        FileNode node = ListenerBinding.node(kernel(), registry.accounts(), new BindAttempt(unit, spec));
        if (node != null && spec.kind() != SocketKind.FIFO) {
            node.remove();
        }
        forget();
    }

    /** Gives the descriptor away, out of the registry, and leaves this closed. */
    OwnedFd release() {
        registry.remove(this);
        return fd.move();
    }

    @Override
    public String toString() {
        return unit.name() + " " + address();
    }
}
