package dev.activator.server;

import dev.activator.config.UnitName;
import dev.activator.listener.Listener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What all socket units that wake one service hand it, as they are at each start.
 *
 * @param listeners those that it accepts at by itself
 * @param pool through which it is passed connections; null where no socket does that
 */
record ListenerSource(UnitName service, Supplier<List<Listener>> listeners, Supplier<@Nullable WorkerPool> pool)
        implements SocketSource {
    @Override
    public List<PassedSocket> sockets() {
        List<PassedSocket> sockets = new ArrayList<>();
        for (Listener listener : listeners.get()) {
            sockets.add(new PassedSocket(listener.fd(), listener.fdName(), listener.address(), Map.of()));
        }
        return sockets;
    }

    @Override
    public @Nullable HandoffEnd handoff() {
        WorkerPool passing = pool.get();
        return passing == null ? null : passing.open(service);
    }

    @Override
    public void handedOver() {}

    @Override
    public void abandoned() {
        WorkerPool passing = pool.get();
        if (passing != null) {
            passing.ended(service);
        }
    }
}
