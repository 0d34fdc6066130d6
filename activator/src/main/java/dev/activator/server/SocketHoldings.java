package dev.activator.server;

import dev.activator.config.SocketUnit;
import dev.activator.listener.BindFailure;
import dev.activator.listener.Listener;
import dev.activator.listener.ListenerRegistry;
import dev.activator.listener.Loop;
import dev.activator.listener.Readiness;
import dev.activator.listener.Watch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** What a state of one unit's activation holds: its listeners, and the loop's interest in them. */
final class SocketHoldings {
    private final Loop loop;
    private final ListenerRegistry registry;
    private final BiConsumer<Listener, Readiness> onReady;
    private final List<Watch> watches = new ArrayList<>();
    private List<Listener> listeners = List.of();

    SocketHoldings(Loop loop, ListenerRegistry registry, BiConsumer<Listener, Readiness> onReady) {
        this.loop = loop;
        this.registry = registry;
        this.onReady = onReady;
    }

    /** Opens all of them, or none. The state that follows has them watched. */
    void open(SocketUnit unit) throws BindFailure {
        listeners = registry.open(unit);
    }

    /** Opens what a new declaration adds and closes what it leaves out; where that fails, all stays as it was. */
    void reopen(SocketUnit declared, SocketState state) throws BindFailure {
        endWatches();
        try {
            listeners = registry.reopen(declared, listeners);
        } finally {
            if (state.isWatched()) {
                beginWatches(state);
            }
        }
    }

    /** Makes them what the state declares. */
    void become(SocketState from, SocketState next) {
        if (!next.isWatched() || next == SocketState.REFUSING || from == SocketState.REFUSING) {
            endWatches(); // while refusing, not all listeners are watched
        }
        if (!next.isOpen()) {
            listeners.forEach(Listener::close);
            listeners = List.of();
        }
        if (next.isWatched() && watches.isEmpty()) {
            beginWatches(next);
        }
    }

    private void beginWatches(SocketState state) {
        for (Listener listener : listeners) {
            // What cannot be accepted cannot be refused either, and would be reported for ever.
            if (state != SocketState.REFUSING || listener.isConnectionOriented()) {
                watches.add(loop.watch(listener.fd(), readiness -> onReady.accept(listener, readiness)));
            }
        }
    }

    private void endWatches() {
        watches.forEach(Watch::cancel);
        watches.clear();
    }

    List<Listener> listeners() {
        return listeners;
    }

    /** For people: {@code [::]:80, /run/x}. */
    String addresses() {
        return String.join(", ", listeners.stream().map(Listener::address).toList());
    }
}
