package dev.activator.listener;

import dev.activator.config.ListenSocket;
import dev.activator.config.SocketDirectives;
import dev.activator.config.SocketKind;
import dev.activator.config.SocketUnit;

/**
 * What makes a listener the same one over reloads and upgrades, and what two units cannot both have.
 *
 * @param device network interface that it is bound to; empty for all
 */
record ListenerKey(SocketKind kind, String address, String device) {
    static ListenerKey of(SocketUnit unit, ListenSocket spec) {
        String device = unit.get(SocketDirectives.BIND_TO_DEVICE).orElse("");
        return new ListenerKey(spec.kind(), spec.address().toString(), device);
    }
}
