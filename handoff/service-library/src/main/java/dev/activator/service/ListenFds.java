package dev.activator.service;

import dev.activator.service.protocol.ListenVariables;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The sockets that this process was started with: descriptors 3, 4, 5… and their names. sd_listen_fds(3). From then on no child of this
 * process inherits them. Immutable; each socket is used once.
 */
public final class ListenFds {
    private final List<ListenFd> sockets;
    private final String missing;

    private ListenFds(List<ListenFd> sockets, String missing) {
        this.sockets = List.copyOf(sockets);
        this.missing = missing;
    }

    /** What LISTEN_FDS, LISTEN_PID and LISTEN_FDNAMES say; empty where the process was started in another way. */
    public static ListenFds inherited() {
        return of(System.getenv(), ProcessHandle.current().pid());
    }

    static ListenFds of(Map<String, String> environment, long pid) {
        Optional<ListenVariables> variables = ListenVariables.decode(environment, pid);
        if (variables.isEmpty()) {
            return new ListenFds(List.of(), whyNone(environment, pid));
        }
        List<String> names = variables.get().names();
        SocketCalls calls = new SocketCalls();
        List<ListenFd> all = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            int number = ListenVariables.FIRST + i;
            if (calls.closeOnExec(number) < 0) {
                return new ListenFds(
                        List.of(), "LISTEN_FDS=" + names.size() + " is set, but descriptor " + number + " is not open");
            }
            all.add(new ListenFd(number, names.get(i)));
        }
        return new ListenFds(all, "");
    }

    static ListenFds of(List<ListenFd> sockets) {
        return new ListenFds(sockets, "");
    }

    private static String whyNone(Map<String, String> environment, long pid) {
        String count = environment.get("LISTEN_FDS");
        String meantFor = environment.get(ListenVariables.PID);
        if (count == null) {
            return "LISTEN_FDS is not set: this process was not started by a super-server that hands over sockets";
        }
        if (meantFor == null || !meantFor.equals(Long.toString(pid))) {
            return "LISTEN_PID is " + (meantFor == null ? "not set" : meantFor) + ", and this process is " + pid
                    + ": the sockets were meant for another one (a wrapper script must 'exec' the JVM)";
        }
        return "LISTEN_FDS is '" + count + "', which is no number of sockets";
    }

    /**
     * The one socket at standard input, as inetd hands it over ({@code StandardInput=socket}). System.inheritedChannel() gives the same as a
     * channel; this one can also take the place of a server's own.
     */
    public static ListenFd standardInput() {
        return new ListenFd(0, "standard input");
    }

    /** In the order in which they were passed. */
    public List<ListenFd> all() {
        return sockets;
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return sockets.isEmpty();
    }

    /** The first of that name: FileDescriptorName=, else the socket unit's name, {@code web.socket}. */
    public Optional<ListenFd> find(String name) {
        return sockets.stream().filter(socket -> socket.name().equals(name)).findFirst();
    }

    /**
     * The first of that name.
     *
     * @throws IOException where there is none: what was found instead, and what to set
     */
    public ListenFd require(String name) throws IOException {
        return find(name).orElseThrow(() -> new IOException(missing(name)));
    }

    /** Why there is no socket of that name, and what would give one; for a message to whoever started the program. */
    public String missing(String name) {
        if (!missing.isEmpty()) {
            return "no socket '" + name + "': " + missing;
        }
        Set<String> names = sockets.stream().map(ListenFd::name).collect(Collectors.toCollection(HashSet::new));
        return "no socket '" + name + "' among those that were handed over: " + String.join(", ", names)
                + "; FileDescriptorName=" + name + " in the socket unit names it so";
    }

    /** The socket of that name as a channel, or where there is none, one that is bound to that address. */
    public ServerSocketChannel serverSocketOrBind(String name, SocketAddress fallback) throws IOException {
        Optional<ListenFd> socket = find(name);
        if (socket.isPresent()) {
            return socket.get().serverSocketChannel();
        }
        ServerSocketChannel own = fallback instanceof UnixDomainSocketAddress
                ? ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                : ServerSocketChannel.open();
        try {
            return own.bind(fallback);
        } catch (IOException | RuntimeException e) {
            own.close();
            throw e;
        }
    }

    @Override
    public String toString() {
        return sockets.toString();
    }
}
