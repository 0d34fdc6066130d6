package dev.activator.config;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Looks through a catalog for settings about sleep that hold for nothing, since neither the service nor its sockets say when it is idle. */
final class SleepTimeouts {
    private final CatalogBuilder catalog;
    private final UnaryOperator<UnitName> unaliased;
    private final Set<UnitName> withTimeout = new HashSet<>();
    /** Units with such settings, and the service that would sleep. */
    private final Map<Unit, UnitName> inNeed = new LinkedHashMap<>();

    /** @param unaliased a unit's own name by any of its names */
    SleepTimeouts(CatalogBuilder catalog, UnaryOperator<UnitName> unaliased) {
        this.catalog = catalog;
        this.unaliased = unaliased;
    }

    /** @param sockets all that are loaded */
    void check(List<SocketUnit> sockets) {
        for (SocketUnit socket : sockets) {
            if (!socket.isAccepting()) {
                look(socket, unaliased.apply(socket.service()));
            }
        }
        inNeed.forEach((unit, service) -> {
            if (!withTimeout.contains(service)) {
                warn(unit);
            }
        });
    }

    private void look(SocketUnit socket, UnitName service) {
        Unit served = catalog.outcome(service).unit();
        if (socket.isSet(SleepDirectives.IDLE_TIMEOUT)
                || (served != null && served.isSet(SleepDirectives.IDLE_TIMEOUT))) {
            withTimeout.add(service);
        }
        if (SleepChecks.needingTimeout(socket.settings()) != null) {
            inNeed.put(socket, service);
        }
        if (served != null && SleepChecks.needingTimeout(served.settings()) != null) {
            inNeed.put(served, service);
        }
    }

    private void warn(Unit unit) {
        Directive<?> row = Objects.requireNonNull(SleepChecks.needingTimeout(unit.settings()));
        catalog.warn(
                unit.name(),
                catalog.assembly(unit.name()).at(row),
                row + " has no effect: neither the service nor its sockets set IdleTimeoutSec=");
    }
}
