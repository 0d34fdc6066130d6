package dev.activator.accounting;

/**
 * What the processes of one service take at one moment.
 *
 * @param memory proportional set size of all of them, bytes; negative: unknown
 * @param cpuNanos processor time of all that ever were, as far as the kernel still counts it; negative: unknown
 * @param switches context switches of the threads that live; negative: unknown
 * @param threads of all of them
 * @param unknown why something is unknown; empty where all is known
 */
public record Reading(long memory, long cpuNanos, long switches, int threads, String unknown) {
    /** In place of a figure. */
    public static final long UNKNOWN = -1;
}
