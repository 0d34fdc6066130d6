package dev.activator.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Looks through a catalog for units that need what is not there, and for circles in the order of units. */
final class DependencyChecks {
    /** Stands for any instance of a template. */
    private static final String SAMPLE = "any-instance";

    private final CatalogBuilder catalog;
    private final UnitCatalog draft;
    private final Relations relations;
    private boolean hasWarned;

    /** @param draft what the builder would build now */
    DependencyChecks(CatalogBuilder catalog, UnitCatalog draft) {
        this.catalog = catalog;
        this.draft = draft;
        this.relations = draft.relations();
    }

    /** Warns in the builder; false where there was nothing to warn of, so that the draft is as good as what the builder has now. */
    boolean check() {
        for (Unit unit : draft.units()) {
            if (!relations.isAlone(unit)) {
                checkNeeds(unit, unit.name());
            }
        }
        for (UnitName template : draft.templates()) {
            if (catalog.assembly(template).namesOthers()) {
                draft.find(template.withInstance(SAMPLE).toString()).ifPresent(unit -> checkNeeds(unit, template));
            }
        }
        relations.cycles().forEach(this::report);
        return hasWarned;
    }

    private void warn(UnitName name, Location at, String message) {
        hasWarned = true;
        catalog.warn(name, at, message);
    }

    private void checkNeeds(Unit unit, UnitName name) {
        DependencyDirectives.kinds().forEach((row, kind) -> {
            if (kind.isNeed() && unit.isSet(row)) {
                unit.get(row).forEach(other -> checkNeed(name, row, other));
            }
        });
    }

    private void checkNeed(UnitName name, Directive<?> row, String written) {
        String other = written.replace(SAMPLE, "%i");
        UnitAssembly files = catalog.assembly(name);
        Location place = files.placeOf(row);
        Location at = place == null ? files.at(SocketDirectives.SERVICE) : place;
        boolean isPlain = other.equals(written);
        if (isPlain ? relations.isTakenAsUp(other) : SystemdUnits.isOfOtherType(other)) {
            boolean isUsual = SystemdUnits.isTarget(other);
            if (!isUsual) {
                warn(name, at, row + " '" + other + "' is taken as up: " + whyUp(other));
            }
        } else if (isPlain && !other.contains("@.") && !relations.isKnown(other)) {
            Set<String> names = new TreeSet<>();
            draft.names().forEach(each -> names.add(each.toString()));
            String near = Suggestion.nearest(other, names);
            warn(
                    name,
                    at,
                    row + " '" + other + "': there is no such unit, so '" + name + "' cannot start"
                            + (near == null ? "" : "; did you mean '" + near + "'?"));
        }
    }

    private static String whyUp(String other) {
        return SystemdUnits.isOfOtherType(other)
                ? "only sockets, services and targets are managed here"
                : "no unit file declares it, and only a host under systemd has it by itself";
    }

    /** At the setting of a member that closes the circle. */
    private void report(List<String> cycle) {
        List<String> circle = new ArrayList<>(cycle);
        circle.add(cycle.get(0));
        String text = "is part of a circle in which each unit is to start after the next: " + String.join(", ", circle)
                + "; when they start together, one that is only wanted is left out, and without such a one none starts";
        for (String member : cycle) {
            for (Dependency kind : List.of(Dependency.AFTER, Dependency.BEFORE)) {
                Directive<?> row = DependencyDirectives.of(kind);
                UnitName name = UnitName.parse(member);
                Location at = name != null && catalog.has(name)
                        ? catalog.assembly(name).placeOf(row)
                        : null;
                if (name != null && at != null) {
                    warn(name, at, row + " " + text);
                    return;
                }
            }
        }
    }
}
