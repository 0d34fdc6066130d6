package dev.activator.experiment;

import dev.activator.config.ListenSocket;
import dev.activator.config.SocketKind;
import dev.activator.config.SocketUnit;
import dev.activator.config.UnitName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One socket unit that takes part, and where its sockets are meanwhile.
 *
 * @param unit as it is declared
 * @param places in the order of its Listen directives
 */
record Subject(SocketUnit unit, List<Place> places) {
    /** What stands in place of one Listen directive. */
    record Place(ListenSocket declared, Endpoint endpoint) {}

    Subject {
        places = List.copyOf(places);
    }

    UnitName socket() {
        return unit.name();
    }

    /** The service that can be kept running; null where each connection has its own, or several share them. */
    @Nullable
    UnitName standingService() {
        UnitName service = unit.service();
        return unit.isAccepting() || service.isTemplate() ? null : service;
    }

    /** Where clients connect to: the first stream socket; null where there is none. */
    @Nullable
    Endpoint visited() {
        return places.stream()
                .filter(place -> place.declared().kind() == SocketKind.STREAM)
                .map(Place::endpoint)
                .findFirst()
                .orElse(null);
    }
}
