package dev.activator.config;

import java.util.Comparator;

/** One thing that is wrong with, or worth knowing about, a unit file; the message says what happens next. */
public record Problem(Location location, Severity severity, String message) {

    /** By file, line and column. */
    static final Comparator<Problem> BY_LOCATION = Problem::compareLocations;

    private static int compareLocations(Problem one, Problem other) {
        Location here = one.location();
        Location there = other.location();
        int byFile = here.file().compareTo(there.file());
        int byLine = byFile != 0 ? byFile : Integer.compare(here.line(), there.line());
        return byLine != 0 ? byLine : Integer.compare(here.column(), there.column());
    }

    /** What a problem means for its unit. */
    public enum Severity {
        /** The unit is not loaded, or loaded and not started; the message says which. */
        ERROR,
        /** The assignment is ignored or approximated, the unit is loaded. */
        WARNING
    }

    /** The line as printed: {@code web.socket:7:15: error: ListenStream= '0.0.0.0:99999': port must be 1..65535}. */
    @Override
    public String toString() {
        return location + ": " + (severity == Severity.ERROR ? "error" : "warning") + ": " + message;
    }
}
