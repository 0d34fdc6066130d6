package dev.activator.server;

import dev.activator.listener.Errno;
import dev.activator.listener.HandshakeGate;
import dev.activator.listener.Listener;
import dev.activator.listener.SystemCallException;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The listeners of one service as the last step before sleep sees them. */
final class Doorway {
    private final Supplier<List<Listener>> listeners;
    private final HandshakeGate gate;
    private final BooleanSupplier held;

    /** @param held whether an operator has ordered that clients wait */
    Doorway(Supplier<List<Listener>> listeners, HandshakeGate gate, BooleanSupplier held) {
        this.listeners = listeners;
        this.gate = gate;
        this.held = held;
    }

    /** Whether clients are to wait and nothing is to start. */
    boolean isHeld() {
        return held.getAsBoolean();
    }

    /** Whether there is one at all. */
    boolean exists() {
        return !listeners.get().isEmpty();
    }

    /** Whether a client, or its datagram, waits that the service has not taken. */
    boolean hasWaiting() {
        return listeners.get().stream().anyMatch(listener -> listener.pendingConnections() > 0);
    }

    /** New clients stay outside, without being refused, until it is opened; what keeps the kernel from that, empty where nothing does. */
    String shut() {
        try {
            gate.shut(listeners.get());
            return "";
        } catch (SystemCallException refused) {
            gate.open();
            boolean isForbidden = refused.errno().equals(Errno.EPERM);
            return refused.getMessage() + (isForbidden ? ", which takes CAP_NET_ADMIN on this host" : "");
        }
    }

    boolean isShut() {
        return gate.isShut();
    }

    void open() {
        gate.open();
    }
}
