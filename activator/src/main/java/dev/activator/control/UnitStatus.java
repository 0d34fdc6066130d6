package dev.activator.control;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One unit at one moment, all that {@code status} and {@code show} print.
 *
 * @param id full name
 * @param type {@code socket service target}
 * @param triggers units that this one wakes
 * @param triggeredBy units that wake this one
 * @param socket present for a socket unit
 * @param service present for a service that is not a template
 * @param lastWake the last activation that this unit caused (socket) or was started by (service)
 * @param directives every directive of the unit's type by name, as {@code show} prints it, defaults included
 * @param warnings what the loader said about its files, and what does not work as asked while it runs
 * @param refusals security directives that cannot be applied here and keep the unit from starting
 */
public record UnitStatus(
        String id,
        String type,
        UnitFile file,
        UnitState state,
        List<String> triggers,
        List<String> triggeredBy,
        @Nullable SocketStatus socket,
        @Nullable ServiceStatus service,
        @Nullable WakeReport lastWake,
        SortedMap<String, String> directives,
        List<String> warnings,
        List<String> refusals) {
    public UnitStatus {
        triggers = List.copyOf(triggers);
        triggeredBy = List.copyOf(triggeredBy);
        directives = Collections.unmodifiableSortedMap(new TreeMap<>(directives));
        warnings = List.copyOf(warnings);
        refusals = List.copyOf(refusals);
    }

    /** The same with more of its processes. */
    public UnitStatus withService(ServiceStatus completed) {
        return new UnitStatus(
                id,
                type,
                file,
                state,
                triggers,
                triggeredBy,
                socket,
                completed,
                lastWake,
                directives,
                warnings,
                refusals);
    }
}
