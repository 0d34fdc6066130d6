package dev.activator.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rows of [Unit] that name other units. systemd.unit(5). */
public final class DependencyDirectives {
    private static final Map<Directive<List<String>>, Dependency> KINDS = new LinkedHashMap<>();

    private DependencyDirectives() {}

    /** Adds the rows to those of [Unit]. */
    static void addTo(Rows rows) {
        add(
                rows,
                Dependency.REQUIRES,
                "Units that are started with this one, which does not start if one of them fails.");
        add(rows, Dependency.REQUISITE, "Units that must be up already when this one starts.");
        add(rows, Dependency.WANTS, "Units that are started with this one, which runs whatever becomes of them.");
        add(rows, Dependency.BINDS_TO, "As Requires=, and the end of one of them stops this one. Sleep is no end.");
        add(rows, Dependency.PART_OF, "Units whose stop or restart, asked for, this one follows.");
        add(
                rows,
                Dependency.UPHOLDS,
                "Units that are started with this one and again whenever they end while it is up.");
        add(rows, Dependency.CONFLICTS, "Units that are stopped when this one starts, and the other way round.");
        add(rows, Dependency.BEFORE, "Units that start after this one has started, and stop before it.");
        add(rows, Dependency.AFTER, "Units that start before this one, and stop after it.");
        add(rows, Dependency.ON_FAILURE, "Units that are started when this one has failed.");
        add(rows, Dependency.ON_SUCCESS, "Units that are started when this one has ended with success.");
        add(rows, Dependency.PROPAGATES_RELOAD_TO, "Units that are reloaded with this one.");
        add(rows, Dependency.RELOAD_PROPAGATED_FROM, "Units with which this one is reloaded.");
        add(rows, Dependency.PROPAGATES_STOP_TO, "Units that are stopped with this one.");
        add(rows, Dependency.STOP_PROPAGATED_FROM, "Units with which this one is stopped.");
        alias(rows, "BindTo", Dependency.BINDS_TO);
        alias(rows, "RequiresOverridable", Dependency.REQUIRES);
        alias(rows, "RequisiteOverridable", Dependency.REQUISITE);
        alias(rows, "PropagateReloadTo", Dependency.PROPAGATES_RELOAD_TO);
        alias(rows, "PropagateReloadFrom", Dependency.RELOAD_PROPAGATED_FROM);
    }

    private static void add(Rows rows, Dependency kind, String doc) {
        KINDS.put(rows.add(kind.word(), Syntaxes.UNIT_NAMES, List.of(), doc), kind);
    }

    private static void alias(Rows rows, String name, Dependency kind) {
        rows.alias(name, "Old name of " + kind.word() + "=.", List.of(of(kind)));
    }

    /** Every row and what it says. */
    public static Map<Directive<List<String>>, Dependency> kinds() {
        return Collections.unmodifiableMap(KINDS);
    }

    /** The row that says so of a unit. */
    static Directive<List<String>> of(Dependency kind) {
        for (Map.Entry<Directive<List<String>>, Dependency> each : KINDS.entrySet()) {
            if (each.getValue() == kind) {
                return each.getKey();
            }
        }
        throw new IllegalArgumentException(kind.word() + " is only ever the inverse of another");
    }
}
