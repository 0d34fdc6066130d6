package dev.activator.listener;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;

/**
 * Counts the connections that are open at listeners: established, half-closed while a process still has them, and those that
 * nobody has taken from the accept queue yet. Not counted: the listeners themselves, half-open connections (SYN received, or
 * without data under {@code DeferAcceptSec=}), TIME_WAIT and what the kernel finishes alone. Datagram sockets and FIFOs have none.
 *
 * <p>Asks the kernel over sock_diag, once for IPv4, IPv6 and Unix each, however many listeners there are; so count all in one
 * call. Where sock_diag is refused, reads /proc/net. A connection that another program's listener at the same port but another
 * address took may be counted to a wildcard listener here: a service then stays up, it is never stopped too early.
 */
public final class ConnectionCounter {
    private final InetDiag inet;
    private final UnixDiag unix;
    private final ProcNet procNet;

    public ConnectionCounter(Kernel kernel) {
        this(kernel, Path.of("/proc/net"));
    }

    ConnectionCounter(Kernel kernel, Path procNet) {
        SockDiag diag = new SockDiag(kernel);
        this.inet = new InetDiag(diag);
        this.unix = new UnixDiag(diag);
        this.procNet = new ProcNet(procNet);
    }

    /** The open connections of all these listeners together. */
    public int openConnections(Collection<Listener> listeners) {
        return tally(listeners).total();
    }

    /** The open connections of each; every listener that was asked about has an entry. */
    public Map<Listener, Integer> count(Collection<Listener> listeners) {
        return tally(listeners).counts();
    }

    /** The same with what has gone over each TCP connection, where the kernel tells. */
    ConnectionTally tally(Collection<Listener> listeners) {
        try {
            ConnectionTally tally = new ConnectionTally(listeners);
            tally.portsByFamily().forEach((family, ports) -> inet.connections(family, ports, tally));
            if (tally.hasUnix()) {
                unix.connections(tally);
            }
            return tally;
        } catch (SystemCallException refused) {
            return tallyFromText(listeners);
        }
    }

    private ConnectionTally tallyFromText(Collection<Listener> listeners) {
        ConnectionTally tally = new ConnectionTally(listeners);
        tally.portsByFamily().keySet().forEach(family -> procNet.connections(family, tally));
        if (tally.hasUnix()) {
            procNet.unixConnections(tally);
        }
        return tally;
    }
}
