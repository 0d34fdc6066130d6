package dev.activator.config;

/** What becomes of a directive that is set. Nothing is ever dropped silently: all but {@link Applied} leaves a located problem. */
public sealed interface Support {
    /** It does what its documentation says. */
    record Applied() implements Support {}

    /** Something near enough is done; {@code how} is a clause for the warning. */
    record Approximated(String how) implements Support {}

    /** It is read and ignored with a warning; {@code why} is a clause for it. */
    record Unsupported(String why) implements Support {}

    /** A security promise that cannot be kept: the unit must not start unless the user allows it; {@code why} is a clause. */
    record Refused(String why) implements Support {}
}
