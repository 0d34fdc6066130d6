package dev.activator.control;

import java.util.List;

/** What became of a request, one entry per unit that it named; a verb that names none gives one entry with an empty unit. */
public record Outcome(List<UnitOutcome> units) {
    public Outcome {
        units = List.copyOf(units);
    }

    /** The outcome of a request about one unit. */
    public static Outcome of(UnitOutcome unit) {
        return new Outcome(List.of(unit));
    }

    /** The first exit status that is not 0, else 0: what a command that asked for all of this ends with. */
    public int exitStatus() {
        return units.stream()
                .mapToInt(UnitOutcome::exitStatus)
                .filter(status -> status != 0)
                .findFirst()
                .orElse(0);
    }
}
