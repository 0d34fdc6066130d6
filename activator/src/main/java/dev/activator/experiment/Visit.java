package dev.activator.experiment;

/**
 * What one client saw.
 *
 * @param subject whom it asked
 * @param micros from the moment at which it was to come to the first byte of the answer, or to the failure
 */
record Visit(int subject, long micros, Result result) {
    /** How it ended. */
    enum Result {
        ANSWERED,
        /** The connection was refused. */
        REFUSED,
        /** The connection was taken, and ended before a byte came back. */
        CUT_OFF,
        /** Nothing came back in time. */
        UNANSWERED
    }
}
