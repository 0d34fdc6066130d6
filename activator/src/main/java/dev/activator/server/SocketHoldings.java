package dev.activator.server;

import dev.activator.config.SocketUnit;
import dev.activator.listener.BindFailure;
import dev.activator.listener.Listener;
import dev.activator.listener.Readiness;
import dev.activator.listener.ReadinessCallback;
import dev.activator.listener.Watch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a state of one unit's activation holds: its listeners, and the loop's interest in them. */
final class SocketHoldings implements ReadinessCallback {
    private final SocketParts parts;
    private final Owner owner;
    /** Of all that are watched. */
    private @Nullable Watch watch;

    private List<Listener> listeners = List.of();

    /** Who is told. */
    interface Owner {
        void onReady(Listener listener, Readiness readiness);
    }

    SocketHoldings(SocketParts parts, Owner owner) {
        this.parts = parts;
        this.owner = owner;
    }

    /** Opens all of them, or none. The state that follows has them watched. */
    void open(SocketUnit unit) throws BindFailure {
        listeners = parts.registry().open(unit);
    }

    /** Opens what a new declaration adds and closes what it leaves out; where that fails, all stays as it was. */
    void reopen(SocketUnit declared, SocketState state) throws BindFailure {
        endWatches();
        try {
            listeners = parts.registry().reopen(declared, listeners);
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
        if (next.isWatched() && watch == null) {
            beginWatches(next);
        }
    }

    private void beginWatches(SocketState state) {
        List<Watch> begun = new ArrayList<>(listeners.size());
        for (Listener listener : listeners) {
            // What cannot be accepted cannot be refused either, and would be reported for ever.
            if (state != SocketState.REFUSING || listener.isConnectionOriented()) {
                ReadinessCallback told = listeners.size() == 1 ? this : readiness -> owner.onReady(listener, readiness);
                begun.add(parts.surroundings().loop().watch(listener.fd(), told));
            }
        }
        if (!begun.isEmpty()) {
            watch = begun.size() == 1 ? begun.get(0) : () -> begun.forEach(Watch::cancel);
        }
    }

    /** Of the one listener that most have. */
    @Override
    public void onReady(Readiness readiness) {
        owner.onReady(listeners.get(0), readiness);
    }

    private void endWatches() {
        Watch ended = watch;
        watch = null;
        if (ended != null) {
            ended.cancel();
        }
    }

    List<Listener> listeners() {
        return listeners;
    }

    /** For people: {@code [::]:80, /run/x}. */
    String addresses() {
        return listeners.size() == 1
                ? listeners.get(0).showAddress()
                : String.join(
                        ", ", listeners.stream().map(Listener::showAddress).toList());
    }
}
