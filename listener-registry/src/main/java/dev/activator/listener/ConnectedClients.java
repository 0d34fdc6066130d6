package dev.activator.listener;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Who is connected to a TCP listener, whether anybody has accepted it or not. Has scratch memory of its own, so it is for one thread, which
 * need not be the loop's. Walks the host's TCP sockets. sock_diag(7)
 */
public final class ConnectedClients {
    private final InetDiag inet = new InetDiag(new SockDiag(new LinuxKernel()));

    /**
     * Addresses with ports, those first that nobody has accepted yet; empty for all but TCP and where the kernel does not tell.
     *
     * @param listener only its address is looked at, so it may be closed meanwhile
     */
    public List<String> of(Listener listener) {
        return listener.isConnectionOriented() && listener.isInternet() ? at(listener.boundTo()) : List.of();
    }

    /** Asks about a port that nobody can have, so that the first question that counts runs no code that has never run. */
    public void rehearse() {
        at(new SocketName.Inet4(Addresses.ANY_IPV4, 0));
    }

    private List<String> at(SocketName name) {
        List<String> waiting = new ArrayList<>();
        List<String> taken = new ArrayList<>();
        try {
            inet.clients(ListenerBinding.family(name), ListenerBinding.port(name), (client, local, isTaken) -> {
                if (isOn(name, local)) {
                    (isTaken ? taken : waiting).add(client);
                }
            });
        } catch (SystemCallException refused) {
            return List.of();
        }
        waiting.addAll(taken);
        return waiting;
    }

    private static boolean isOn(SocketName bound, InetAddress local) {
        InetAddress address =
                bound instanceof SocketName.Inet4 four ? four.address() : ((SocketName.Inet6) bound).address();
        return address.isAnyLocalAddress() || address.equals(local);
    }
}
