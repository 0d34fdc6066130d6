package dev.activator.listener;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** Counts reported connections by the listener that they came in at, and keeps what has gone over them where that is told. */
final class ConnectionTally implements ConnectionSink {
    private final Map<Listener, Integer> counts = new LinkedHashMap<>();
    private final List<Traffic> traffic = new ArrayList<>();
    private final ListenerAddresses addresses;

    ConnectionTally(Collection<Listener> listeners) {
        listeners.forEach(listener -> counts.put(listener, 0));
        addresses = new ListenerAddresses(listeners);
    }

    /** The ports to ask about, by address family. */
    Map<Integer, SortedSet<Integer>> portsByFamily() {
        return addresses.portsByFamily();
    }

    boolean hasUnix() {
        return addresses.hasUnix();
    }

    @Override
    public void tcp(InetAddress local, int family, int port, @Nullable Traffic what) {
        Listener listener = addresses.tcp(local, family, port);
        count(listener, 1);
        if (listener != null && what != null) {
            traffic.add(what);
        }
    }

    @Override
    public void unix(String name, int connections) {
        count(addresses.unix(name), connections);
    }

    private void count(@Nullable Listener listener, int connections) {
        if (listener != null) {
            counts.merge(listener, connections, Integer::sum);
        }
    }

    Map<Listener, Integer> counts() {
        return Map.copyOf(counts);
    }

    int total() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    List<Traffic> traffic() {
        return traffic;
    }
}
