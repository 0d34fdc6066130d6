package dev.activator.server;

import dev.activator.listener.Listener;
import dev.activator.listener.Loop;
import dev.activator.listener.Readiness;
import dev.activator.listener.Watch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** The loop's interest in the listeners of one unit. */
final class SocketWatches {
    private final Loop loop;
    private final BiConsumer<Listener, Readiness> onReady;
    private final List<Watch> watches = new ArrayList<>();

    SocketWatches(Loop loop, BiConsumer<Listener, Readiness> onReady) {
        this.loop = loop;
        this.onReady = onReady;
    }

    /** Watches those that the state has watched, instead of those before. */
    void begin(List<Listener> listeners, SocketState state) {
        end();
        for (Listener listener : listeners) {
            // What cannot be accepted cannot be refused either, and would be reported for ever.
            if (state != SocketState.REFUSING || listener.isConnectionOriented()) {
                watches.add(loop.watch(listener.fd(), readiness -> onReady.accept(listener, readiness)));
            }
        }
    }

    void end() {
        watches.forEach(Watch::cancel);
        watches.clear();
    }

    boolean isEmpty() {
        return watches.isEmpty();
    }
}
