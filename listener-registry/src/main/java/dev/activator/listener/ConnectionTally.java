package dev.activator.listener;

import java.net.InetAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Counts reported connections by the listener that they came in at; the most specific address wins, as in the kernel. */
final class ConnectionTally implements ConnectionSink {
    private final Map<Listener, Integer> counts = new LinkedHashMap<>();
    private final Map<TcpAddress, Listener> tcp = new HashMap<>();
    private final Map<String, Listener> unix = new HashMap<>();
    private final Map<Integer, SortedSet<Integer>> portsByFamily = new TreeMap<>();

    /** @param address null for every address */
    private record TcpAddress(int family, @Nullable InetAddress address, int port) {}

    ConnectionTally(Collection<Listener> listeners) {
        for (Listener listener : listeners) {
            counts.put(listener, 0);
            if (listener.isConnectionOriented()) {
                add(listener);
            }
        }
    }

    private void add(Listener listener) {
        SocketName name = listener.boundTo();
        if (name instanceof SocketName.Inet4 four) {
            addTcp(listener, Families.AF_INET, four.address(), four.port());
        } else if (name instanceof SocketName.Inet6 six) {
            addTcp(listener, Families.AF_INET6, six.address(), six.port());
        } else if (name instanceof SocketName.UnixPath || name instanceof SocketName.UnixAbstract) {
            unix.put(Peers.address(name), listener);
        }
    }

    private void addTcp(Listener listener, int family, InetAddress address, int port) {
        tcp.put(new TcpAddress(family, address.isAnyLocalAddress() ? null : address, port), listener);
        portsByFamily.computeIfAbsent(family, none -> new TreeSet<>()).add(port);
    }

    /** The ports to ask about, by address family. */
    Map<Integer, SortedSet<Integer>> portsByFamily() {
        return portsByFamily;
    }

    boolean hasUnix() {
        return !unix.isEmpty();
    }

    @Override
    public void tcp(InetAddress local, int family, int port) {
        Listener exact = tcp.get(new TcpAddress(family, local, port));
        Listener any = exact != null ? exact : tcp.get(new TcpAddress(family, null, port));
        count(any, 1);
    }

    @Override
    public void unix(String name, int connections) {
        count(unix.get(name), connections);
    }

    private void count(@Nullable Listener listener, int connections) {
        if (listener != null) {
            counts.merge(listener, connections, Integer::sum);
        }
    }

    Map<Listener, Integer> counts() {
        return Map.copyOf(counts);
    }
}
