package dev.activator.jobs;

import java.util.Locale;

/**
 * How a job ended.
 *
 * @param culprit the unit that is to blame where it is not done; the job's own, or one that it depends on
 */
public record JobEnd(Result result, String culprit) {
    /** systemd's words. */
    public enum Result {
        DONE,
        FAILED,
        /** A unit that this one needs did not start. */
        DEPENDENCY,
        /** Another job that contradicts it took its place. */
        CANCELED;

        /** {@code dependency}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public boolean isDone() {
        return result == Result.DONE;
    }
}
