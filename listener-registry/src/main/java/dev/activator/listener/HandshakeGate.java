package dev.activator.listener;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Holds new TCP clients off for a moment without refusing them: while it is shut the kernel leaves their handshakes unanswered, and they
 * repeat them by themselves, a second later for the first time. What is in the accept queue stays there. So a service that goes on
 * accepting while it ends can accept nobody whom it would then drop. Only TCP has handshakes; other listeners stay as they are. The filter
 * belongs to the socket, and goes with it when the last process that has it ends.
 */
public final class HandshakeGate {
    private static final byte[] TAKE_NOTHING = new FilterProgram(1)
            .add(FilterProgram.RETURN, FilterProgram.NOTHING)
            .bytes();

    private final Kernel kernel;
    private final List<Listener> shut = new ArrayList<>();

    HandshakeGate(Kernel kernel) {
        this.kernel = kernel;
    }

    /**
     * Shuts it for these; one whose service has a packet filter of its own keeps that.
     *
     * @throws SystemCallException where there is no memory for it
     */
    public void shut(Collection<Listener> listeners) {
        for (Listener listener : listeners) {
            if (isTcp(listener) && !shut.contains(listener) && canShut(listener)) {
                kernel.attachFilter(listener.fd(), TAKE_NOTHING);
                shut.add(listener);
            }
        }
    }

    public boolean isShut() {
        return !shut.isEmpty();
    }

    /** Lets the clients in again. */
    public void open() {
        if (!shut.isEmpty()) {
            shut.stream().filter(Listener::isOpen).forEach(this::clear);
            shut.clear();
        }
    }

    private void clear(Listener listener) {
        try {
            listener.restoreFilter();
        } catch (SystemCallException gone) {
            if (!gone.errno().equals(Errno.ENOENT)) {
                throw gone; // but not where the service has taken the filter off itself
            }
        }
    }

    /** Opens what a predecessor left shut when it gave us the listener; a service's own filter is longer and stays. */
    void openInherited(Listener listener) {
        if (isTcp(listener) && filterLength(listener) == 1) {
            clear(listener);
        }
    }

    /** The filter that AllowFrom= and DenyFrom= made is put back; one that the service attached could not be. */
    private boolean canShut(Listener listener) {
        return listener.isFiltered() || filterLength(listener) == 0;
    }

    private int filterLength(Listener listener) {
        // Asked with the number of SO_ATTACH_FILTER, the kernel tells how many instructions there are (SO_GET_FILTER).
        return kernel.get(listener.fd(), SocketOption.SO_ATTACH_FILTER, 0).length;
    }

    private boolean isTcp(Listener listener) {
        return listener.isInternet()
                && listener.isConnectionOriented()
                && NativeOrder.getInt(kernel.get(listener.fd(), SocketOption.SO_PROTOCOL, 4), 0)
                        == Families.IPPROTO_TCP;
    }
}
