package dev.activator.control;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What only a socket unit has.
 *
 * @param accepting whether {@code Accept=yes}: the super-server takes the connections
 * @param accepted connections taken since the unit was started
 * @param connections connections being served now
 * @param refused connections that a rule or limit turned away
 * @param refusedBy the same by cause, {@code access}, {@code max-connections}
 * @param activations wake-ups of the service since the unit was started
 * @param suspended null where the activation does not rest
 * @param droppedPackets of clients that AllowFrom= and DenyFrom= keep out in the kernel; a handshake is tried several times
 */
public record SocketStatus(
        List<ListenerStatus> listeners,
        boolean accepting,
        long accepted,
        int connections,
        long refused,
        SortedMap<String, Long> refusedBy,
        long activations,
        @Nullable SuspendedBy suspended,
        long droppedPackets) {
    public SocketStatus {
        listeners = List.copyOf(listeners);
        refusedBy = Collections.unmodifiableSortedMap(new TreeMap<>(refusedBy));
    }
}
