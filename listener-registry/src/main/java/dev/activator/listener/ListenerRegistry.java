package dev.activator.listener;

import dev.activator.config.ListenSocket;
import dev.activator.config.SocketDirectives;
import dev.activator.config.SocketUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Binds and owns all listeners, at most one for each kind and address (more with {@code ReusePort=} on all of them). For the
 * loop's thread.
 */
public final class ListenerRegistry implements AutoCloseable {
    private final Kernel kernel;
    private final AccountIds accounts;
    private final AcceptQueues queues;
    private final QueueReader queueReader;
    private final Map<ListenerKey, List<Listener>> listeners = new LinkedHashMap<>();

    public ListenerRegistry(Kernel kernel, AccountIds accounts) {
        this.kernel = kernel;
        this.accounts = accounts;
        this.queues = new AcceptQueues(kernel);
        this.queueReader = new QueueReader(kernel, queues);
    }

    Kernel kernel() {
        return kernel;
    }

    AccountIds accounts() {
        return accounts;
    }

    AcceptQueues queues() {
        return queues;
    }

    QueueReader queueReader() {
        return queueReader;
    }

    /** All that are open. */
    public Collection<Listener> all() {
        return listeners.values().stream().flatMap(Collection::stream).toList();
    }

    /**
     * Opens every listener of the unit, in its order.
     *
     * @throws BindFailure where one cannot be opened; those opened before it are closed again
     */
    public List<Listener> open(SocketUnit unit) throws BindFailure {
        return reopen(unit, List.of());
    }

    /**
     * Makes the listeners of a unit what its changed file asks for. A listener whose kind, address and device are unchanged
     * keeps its descriptor, and with it everyone who is queued, and gets the options again; what is no longer asked for is
     * closed, what is new opened. The old listeners are all closed or emptied afterwards; cancel their watches before.
     *
     * @throws BindFailure where a new one cannot be opened; then the old ones are untouched and still open
     */
    public List<Listener> reopen(SocketUnit unit, List<Listener> old) throws BindFailure {
        Map<ListenerKey, List<Listener>> kept = new HashMap<>();
        old.forEach(listener ->
                kept.computeIfAbsent(key(listener), none -> new ArrayList<>()).add(listener));
        List<Opening> openings = new ArrayList<>();
        boolean isComplete = false;
        try {
            for (ListenSocket spec : unit.listen()) {
                List<Listener> same = kept.getOrDefault(ListenerKey.of(unit, spec), List.of());
                openings.add(same.isEmpty() ? bind(unit, spec, old) : new Opening(spec, same.remove(0), null));
            }
            isComplete = true;
        } finally {
            if (!isComplete) {
                openings.forEach(Opening::undo);
            }
        }
        List<Listener> opened =
                openings.stream().map(opening -> take(unit, opening)).toList();
        old.forEach(Listener::close);
        return opened;
    }

    /** One listener of a unit that is being opened: either inherited from the unit's old self, or new. */
    private record Opening(
            ListenSocket spec,
            @Nullable Listener inherited,
            @Nullable Listener fresh) {
        void undo() {
            if (fresh != null) {
                fresh.undo();
            }
        }
    }

    private Listener take(SocketUnit unit, Opening opening) {
        Listener inherited = opening.inherited();
        if (inherited == null) {
            return Objects.requireNonNull(opening.fresh());
        }
        OwnedFd fd = inherited.release().move(ListenerBinding.purpose(unit, opening.spec()));
        Listener listener = listener(new BindAttempt(unit, opening.spec()), fd);
        listener.applyOptions(inherited.unit());
        return listener;
    }

    private Opening bind(SocketUnit unit, ListenSocket spec, List<Listener> old) throws BindFailure {
        BindAttempt attempt = new BindAttempt(unit, spec);
        refuseDuplicate(attempt, old);
        OwnedFd fd = new ListenerBinding(kernel, accounts, attempt).open();
        return new Opening(spec, null, listener(attempt, fd));
    }

    private void refuseDuplicate(BindAttempt attempt, List<Listener> old) throws BindFailure {
        for (Listener present : listeners.getOrDefault(ListenerKey.of(attempt.unit(), attempt.socket()), List.of())) {
            boolean shared = attempt.unit().get(SocketDirectives.REUSE_PORT)
                    && present.unit().get(SocketDirectives.REUSE_PORT);
            if (!shared && !old.contains(present)) {
                attempt.begin("binding", "bind " + attempt.socket().address());
                throw attempt.failed(
                        Errno.EADDRINUSE, "it belongs to " + present.unit().name() + " already");
            }
        }
    }

    /**
     * Takes over a listener that is bound already: one that came through an upgrade of the super-server. Gives it the unit's
     * options; owns the descriptor whatever happens.
     */
    public Listener adopt(SocketUnit unit, ListenSocket spec, OwnedFd fd) {
        try (OwnedFd mine = fd.move(ListenerBinding.purpose(unit, spec))) {
            Listener listener = listener(new BindAttempt(unit, spec), mine.move());
            listener.applyOptions();
            gate().openInherited(listener);
            return listener;
        }
    }

    /** A gate for the listeners of one service, open. */
    public HandshakeGate gate() {
        return new HandshakeGate(kernel);
    }

    private Listener listener(BindAttempt attempt, OwnedFd bound) {
        boolean accepts = attempt.socket().kind().canAccept();
        int limit = accepts ? Math.min(attempt.unit().get(SocketDirectives.BACKLOG), Sysctl.SOMAXCONN.read()) : 0;
        try (OwnedFd fd = bound.move()) {
            SocketName boundTo = boundTo(attempt, fd);
            Listener listener = new Listener(this, attempt, fd.move(), boundTo, limit);
            listeners.computeIfAbsent(key(listener), none -> new ArrayList<>()).add(listener);
            return listener;
        }
    }

    private SocketName boundTo(BindAttempt attempt, OwnedFd fd) {
        return switch (attempt.socket().kind()) {
            case STREAM, DATAGRAM, SEQPACKET, NETLINK -> kernel.localName(fd.lend());
            case FIFO, SPECIAL, MESSAGE_QUEUE, USB_FUNCTION -> new SocketName.Unknown(0);
        };
    }

    private static ListenerKey key(Listener listener) {
        return ListenerKey.of(listener.unit(), listener.spec());
    }

    void remove(Listener listener) {
        listeners.computeIfPresent(key(listener), (key, present) -> {
            present.remove(listener);
            return present.isEmpty() ? null : present;
        });
    }

    /** Closes all listeners, as each unit's RemoveOnStop= says. */
    @Override
    public void close() {
        all().forEach(Listener::close);
    }
}
