package dev.activator.server;

import dev.activator.config.UnitName;
import java.util.Set;

/** Holds the machines to the tables of their states. */
final class Transitions {
    private Transitions() {}

    /** Says so where a transition is not in the table: a defect, which must not stop the unit as well. */
    static <S extends Enum<S>> void check(EventLog log, UnitName unit, Set<S> successors, S from, S next) {
        if (!successors.contains(next)) {
            log.fail(unit, "defect: " + from + " -> " + next + " is no declared transition");
        }
    }
}
