package dev.activator.config;

import java.util.Comparator;

/** One thing that is wrong with, or worth knowing about, a unit file; the message says what happens next. */
public record Problem(Location location, Severity severity, String message) {

    /** By file, line and column. */
    static final Comparator<Problem> BY_LOCATION = Comparator.comparing(
                    (Problem problem) -> problem.location().file())
            .thenComparing(problem -> problem.location().line())
            .thenComparing(problem -> problem.location().column());

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
