package dev.activator.control;

import java.util.List;

/**
 * What became of a request for one unit.
 *
 * @param unit full name; empty for a request about the super-server itself
 * @param exitStatus one of the constants here, systemctl's: 0 if it was done
 * @param message why not, in the grammar {@code unit: cannot verb object: ERRNO (text), what happens next}; empty if it was done
 * @param notes what else the caller should know though it was done, one sentence each
 */
public record UnitOutcome(String unit, int exitStatus, String message, List<String> notes) {

    /** It was done, or was so already. */
    public static final int DONE = 0;
    /** It was tried and did not work. */
    public static final int FAILED = 1;
    /** The unit has no such thing: reload without ExecReload=, say. */
    public static final int NOT_APPLICABLE = 3;
    /** The caller may not. */
    public static final int NOT_ALLOWED = 4;
    /** No unit has that name. */
    public static final int NOT_FOUND = 5;
    /** The unit's files are wrong, masked or refused. */
    public static final int NOT_CONFIGURED = 6;

    public UnitOutcome {
        notes = List.copyOf(notes);
    }

    /** It was done and there is nothing to add. */
    public static UnitOutcome done(String unit) {
        return new UnitOutcome(unit, DONE, "", List.of());
    }

    /** It was not done. */
    public static UnitOutcome refused(String unit, int exitStatus, String message) {
        return new UnitOutcome(unit, exitStatus, message, List.of());
    }

    /** No unit has that name. */
    public static UnitOutcome notFound(String unit) {
        return refused(unit, NOT_FOUND, "Unit " + unit + " not found.");
    }
}
