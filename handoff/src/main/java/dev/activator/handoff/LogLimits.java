package dev.activator.handoff;

/**
 * How much of a unit's output is kept.
 *
 * @param maxSize bytes of one file before the next one begins; a line is never split over two. LogMaxSize=
 * @param files how many are kept, the current one included; at least 1. LogFiles=
 */
public record LogLimits(long maxSize, int files) {
    public LogLimits {
        if (maxSize <= 0 || files <= 0) {
            throw new IllegalArgumentException("a log of " + files + " files of " + maxSize + " bytes");
        }
    }
}
