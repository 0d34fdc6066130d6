package dev.activator.config;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Looks through a catalog for settings about sleep that hold for nothing, since neither the service nor its sockets say when it is idle. */
final class SleepTimeouts {
    private final CatalogBuilder catalog;
    private final UnaryOperator<UnitName> unaliased;
    private final Set<UnitName> withTimeout = new HashSet<>();
    private final Set<UnitName> services = new LinkedHashSet<>();

    /** @param unaliased a unit's own name by any of its names */
    SleepTimeouts(CatalogBuilder catalog, UnaryOperator<UnitName> unaliased) {
        this.catalog = catalog;
        this.unaliased = unaliased;
    }

    void check() {
        for (SocketUnit socket : catalog.sockets()) {
            if (!socket.isAccepting()) {
                UnitName service = unaliased.apply(socket.service());
                services.add(service);
                boolean isInService = unit(service)
                        .map(unit -> unit.isSet(SleepDirectives.IDLE_TIMEOUT))
                        .orElse(false);
                if (isInService || socket.isSet(SleepDirectives.IDLE_TIMEOUT)) {
                    withTimeout.add(service);
                }
            }
        }
        catalog.sockets().stream()
                .filter(socket -> !socket.isAccepting())
                .filter(socket -> !withTimeout.contains(unaliased.apply(socket.service())))
                .forEach(this::warn);
        services.stream()
                .filter(service -> !withTimeout.contains(service))
                .forEach(service -> unit(service).ifPresent(this::warn));
    }

    private Optional<Unit> unit(UnitName name) {
        return Optional.ofNullable(catalog.outcome(name).unit());
    }

    private void warn(Unit unit) {
        SleepChecks.needingTimeout(unit.settings())
                .ifPresent(row -> catalog.warn(
                        unit.name(),
                        catalog.outcome(unit.name()).sleepAt(),
                        row + " has no effect: neither the service nor its sockets set IdleTimeoutSec="));
    }
}
