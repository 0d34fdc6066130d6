package dev.activator.demo;

import java.util.Map;
import java.util.TreeMap;

/**
 * What the tour has measured.
 *
 * @param declared how many services of each kind have a socket
 * @param readyMicros from the start of the super-server's process until all sockets were bound
 * @param bytesAtFirst resident memory of the super-server before the first connection
 * @param bytesAtLast the same when all services have run and are stopped
 * @param idleStopMicros from the last client's leaving to the stop of the service
 */
record Figures(
        ServiceMix declared,
        long readyMicros,
        long bytesAtFirst,
        long bytesAtLast,
        FirstContact firstContact,
        OtherKinds otherKinds,
        long idleStopMicros,
        Rush rush) {

    /** Memory that all declared services need when they run, in bytes. */
    long alwaysOnBytes() {
        long sum = 0;
        for (ServiceKind kind : ServiceKind.values()) {
            sum += rush.bytes(kind, declared.count(kind));
        }
        return sum;
    }

    boolean isScaled() {
        return !rush.started().equals(declared);
    }

    /** What was measured and what follows from it, for {@code --json}. */
    Map<String, Object> json() {
        return new TreeMap<>(Map.of("measured", this, "alwaysOnBytes", alwaysOnBytes(), "isScaled", isScaled()));
    }
}
