package dev.activator.listener;

import dev.activator.config.ListenSocket;
import dev.activator.config.SocketDirectives;
import dev.activator.config.SocketUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.IntSupplier;
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
    private final Acceptance acceptance;
    private final IntSupplier longestQueue = Sysctl.SOMAXCONN.remembered();
    private final ListenerTable listeners = new ListenerTable();

    public ListenerRegistry(Kernel kernel, AccountIds accounts) {
        this.kernel = kernel;
        this.accounts = accounts;
        this.queues = new AcceptQueues(kernel);
        this.queueReader = new QueueReader(kernel, queues);
        this.acceptance = new Acceptance(kernel);
    }

    Kernel kernel() {
        return kernel;
    }

    Acceptance acceptance() {
        return acceptance;
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
        return listeners.all();
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
        List<Listener> left = new ArrayList<>(old);
        List<Opening> openings = new ArrayList<>(unit.listen().size());
        boolean isComplete = false;
        try {
            for (ListenSocket spec : unit.listen()) {
                Listener same = takeSame(unit, spec, left);
                openings.add(same == null ? bind(unit, spec, old) : new Opening(spec, same, null));
            }
            isComplete = true;
        } finally {
            if (!isComplete) {
                openings.forEach(Opening::undo);
            }
        }
        List<Listener> opened = new ArrayList<>(openings.size());
        for (Opening opening : openings) {
            opened.add(take(unit, opening));
        }
        old.forEach(Listener::close);
        return List.copyOf(opened);
    }

    private static @Nullable Listener takeSame(SocketUnit unit, ListenSocket spec, List<Listener> left) {
        for (Listener each : left) {
            if (ListenerTable.isSame(unit, spec, each)) {
                left.remove(each);
                return each;
            }
        }
        return null;
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
        Listener listener = listener(new BindAttempt(unit, opening.spec()), fd, inherited.boundTo());
        listener.applyOptions(inherited.unit());
        return listener;
    }

    private Opening bind(SocketUnit unit, ListenSocket spec, List<Listener> old) throws BindFailure {
        BindAttempt attempt = new BindAttempt(unit, spec);
        refuseDuplicate(attempt, old);
        ListenerBinding binding = new ListenerBinding(kernel, accounts, attempt);
        OwnedFd fd = binding.open();
        return new Opening(spec, null, listener(attempt, fd, binding.boundTo()));
    }

    private void refuseDuplicate(BindAttempt attempt, List<Listener> old) throws BindFailure {
        for (Listener present : listeners.of(attempt.unit(), attempt.socket())) {
            boolean shared = attempt.unit().get(SocketDirectives.REUSE_PORT)
                    && present.unit().get(SocketDirectives.REUSE_PORT);
            if (!shared && !old.contains(present)) {
                attempt.begin("binding", "bind ", attempt.socket().address());
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
            Listener listener = listener(new BindAttempt(unit, spec), mine.move(), null);
            listener.applyOptions();
            gate().openInherited(listener);
            return listener;
        }
    }

    /** A gate for the listeners of one service, open. */
    public HandshakeGate gate() {
        return new HandshakeGate(kernel);
    }

    private Listener listener(BindAttempt attempt, OwnedFd bound, @Nullable SocketName known) {
        boolean accepts = attempt.socket().kind().canAccept();
        int limit = accepts ? Math.min(attempt.unit().get(SocketDirectives.BACKLOG), longestQueue.getAsInt()) : 0;
        try (OwnedFd fd = bound.move()) {
            SocketName boundTo = known == null ? boundTo(attempt, fd) : known;
            Listener listener = new Listener(this, attempt, fd.move(), boundTo, limit);
            listeners.add(listener);
            return listener;
        }
    }

    private SocketName boundTo(BindAttempt attempt, OwnedFd fd) {
        return switch (attempt.socket().kind()) {
            case STREAM, DATAGRAM, SEQPACKET, NETLINK -> kernel.localName(fd.lend());
            case FIFO, SPECIAL, MESSAGE_QUEUE, USB_FUNCTION -> new SocketName.Unknown(0);
        };
    }

    void remove(Listener listener) {
        listeners.remove(listener);
    }

    /** Closes all listeners, as each unit's RemoveOnStop= says. */
    @Override
    public void close() {
        all().forEach(Listener::close);
    }
}
