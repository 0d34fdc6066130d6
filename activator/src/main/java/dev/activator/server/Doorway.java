package dev.activator.server;

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

    /** Whether a client, or its datagram, waits that the service has not taken. */
    boolean hasWaiting() {
        return listeners.get().stream().anyMatch(listener -> listener.pendingConnections() > 0);
    }

    /** New clients stay outside, without being refused, until it is opened; false where the kernel has no memory for that. */
    boolean shut() {
        try {
            gate.shut(listeners.get());
            return true;
        } catch (SystemCallException refused) {
            return false;
        }
    }

    boolean isShut() {
        return gate.isShut();
    }

    void open() {
        gate.open();
    }
}
