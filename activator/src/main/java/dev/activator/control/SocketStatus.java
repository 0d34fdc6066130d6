package dev.activator.control;

import java.util.List;

/**
 * What only a socket unit has.
 *
 * @param accepting whether {@code Accept=yes}: the super-server takes the connections
 * @param accepted connections taken since the unit was started
 * @param connections connections being served now
 * @param refused connections that a limit turned away
 * @param activations wake-ups of the service since the unit was started
 */
public record SocketStatus(
        List<ListenerStatus> listeners,
        boolean accepting,
        long accepted,
        int connections,
        long refused,
        long activations) {
    public SocketStatus {
        listeners = List.copyOf(listeners);
    }
}
