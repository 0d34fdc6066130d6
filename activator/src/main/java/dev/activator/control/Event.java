package dev.activator.control;

import java.time.Instant;

/**
 * Something that happened.
 *
 * @param number ascending in the life of a super-server, from 1
 * @param kind what sort of thing
 * @param unit whom it concerns; empty for the super-server itself
 * @param text for people, one line
 */
public record Event(long number, Instant at, Kind kind, String unit, String text) {

    /** Sorts of events. */
    public enum Kind {
        /** A unit listens, a service is put to sleep: expected, worth a line of the log. */
        NOTE("note"),
        /** A back-off, an approximation, a shortage: taken care of. */
        WARNING("warning"),
        /** Clients are sent away, for this reason; not said of each. */
        REFUSAL("refusal"),
        /** An activation rests, for this reason and that long. */
        SUSPENSION("suspension"),
        /** The unit files were read again. */
        RELOAD("reload"),
        /** Something that was asked for did not happen. */
        FAILURE("failure"),
        /** A unit is in another state: {@code dead -> start (connection on [::]:80)}. */
        TRANSITION("transition"),
        /** A service is ready after it was woken. */
        WAKE("wake"),
        /** A service no longer runs. */
        END("end");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }
}
