package dev.activator.listener;

import java.net.InetAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Listeners by the local end of their connections; the most specific address wins, as in the kernel. */
final class ListenerAddresses {
    private final Map<TcpAddress, Listener> tcp = new HashMap<>();
    private final Map<String, Listener> unix = new HashMap<>();
    private final Map<Integer, SortedSet<Integer>> ports = new TreeMap<>();

    /** @param address null for every address */
    private record TcpAddress(int family, @Nullable InetAddress address, int port) {}

    ListenerAddresses(Collection<Listener> listeners) {
        listeners.stream().filter(Listener::isConnectionOriented).forEach(this::add);
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
        ports.computeIfAbsent(family, none -> new TreeSet<>()).add(port);
    }

    /** The ports to ask about, by address family. */
    Map<Integer, SortedSet<Integer>> portsByFamily() {
        return ports;
    }

    boolean hasUnix() {
        return !unix.isEmpty();
    }

    /** Whose connection one with this local end is; null for somebody else's. */
    @Nullable
    Listener tcp(InetAddress local, int family, int port) {
        Listener exact = tcp.get(new TcpAddress(family, local, port));
        return exact != null ? exact : tcp.get(new TcpAddress(family, null, port));
    }

    @Nullable
    Listener unix(String name) {
        return unix.get(name);
    }
}
