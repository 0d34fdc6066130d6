package dev.activator.server;

import dev.activator.listener.Listener;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** All listeners of all socket units that wake one service, as they are at each start. */
record ListenerSource(Supplier<List<Listener>> listeners) implements SocketSource {
    @Override
    public List<PassedSocket> sockets() {
        return listeners.get().stream()
                .map(listener -> new PassedSocket(listener.fd(), listener.fdName(), Map.of()))
                .toList();
    }

    @Override
    public void handedOver() {}

    @Override
    public void abandoned() {}
}
