package dev.activator.server;

import dev.activator.config.AccessDirectives;
import dev.activator.config.Directive;
import dev.activator.config.SocketUnit;
import java.util.Set;

/**
 * What an activation needs once somebody comes to it: limits, admission, counts, and the reasons for which it rests. Made for the first, since
 * most of many sockets wait for somebody most of the time.
 */
final class Attendance {
    /** They name files and accounts, and what is wrong with those is to be said at once. */
    private static final Set<Directive<?>> LOOKED_AT_FIRST = Set.of(
            AccessDirectives.ALLOW_FROM,
            AccessDirectives.DENY_FROM,
            AccessDirectives.ON_LIMIT,
            AccessDirectives.WHILE_SUSPENDED,
            AccessDirectives.BANNER);

    private final Surroundings surroundings;
    private final Reception reception;
    private final Resting resting;
    private final FirstBytes firstBytes = new FirstBytes();
    private final ConnectionLedger connections = new ConnectionLedger();
    private final Admission admission;
    private SocketRules rules;

    Attendance(SocketUnit unit, Surroundings surroundings, Reception reception, Admission.Door door) {
        this.surroundings = surroundings;
        this.reception = reception;
        this.resting = new Resting(unit.name(), surroundings);
        this.rules = SocketRules.of(unit, surroundings, reception);
        this.admission = new Admission(unit, surroundings, reception, door, connections);
    }

    /** Whether it is to be made before anybody comes. */
    static boolean isNeededAtOnce(SocketUnit unit) {
        return unit.settings().isAnySet(LOOKED_AT_FIRST);
    }

    /** Goes by the unit's new declaration from now on; limits count anew. */
    void redeclare(SocketUnit declared) {
        rules = SocketRules.of(declared, surroundings, reception);
        admission.redeclare(declared);
    }

    Resting resting() {
        return resting;
    }

    FirstBytes firstBytes() {
        return firstBytes;
    }

    ConnectionLedger connections() {
        return connections;
    }

    Admission admission() {
        return admission;
    }

    SocketRules rules() {
        return rules;
    }
}
