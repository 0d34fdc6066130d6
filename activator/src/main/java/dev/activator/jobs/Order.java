package dev.activator.jobs;

import dev.activator.config.Dependency;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which jobs wait for which: starts in the order of After=, stops in the other direction, and a stop before a start of its neighbour. */
final class Order {
    private final Landscape units;

    Order(Landscape units) {
        this.units = units;
    }

    /** A unit's job. */
    interface Kinds {
        /** Null where it has none. */
        @Nullable
        JobKind of(String unit);
    }

    /** The units whose jobs have to be done before the one of this unit begins. */
    Set<String> waitsFor(String unit, Kinds jobs) {
        JobKind own = jobs.of(unit);
        boolean brings = own == null || own.brings();
        Set<String> awaited = new LinkedHashSet<>();
        for (String earlier : earlier(unit)) {
            if (brings && jobs.of(earlier) != null) {
                awaited.add(earlier);
            }
        }
        for (String later : later(unit)) {
            if (jobs.of(later) == JobKind.STOP) {
                awaited.add(later);
            }
        }
        return awaited;
    }

    /** Units whose jobs may wait for the one of this unit. */
    Set<String> neighbours(String unit) {
        Set<String> all = earlier(unit);
        all.addAll(later(unit));
        return all;
    }

    private Set<String> earlier(String unit) {
        Set<String> all = new LinkedHashSet<>(units.relations().of(unit, Dependency.AFTER));
        all.addAll(units.socketsOf(unit));
        return all;
    }

    private Set<String> later(String unit) {
        Set<String> all = new LinkedHashSet<>(units.relations().of(unit, Dependency.BEFORE));
        all.addAll(units.servicesOf(unit));
        return all;
    }
}
