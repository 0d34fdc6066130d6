package dev.activator.config;

import org.jspecify.annotations.Nullable;

/**
 * One resource limit; {@link #INFINITY} means none. setrlimit(2).
 *
 * @param soft what is enforced
 * @param hard how far a process may raise the soft limit; never below it
 */
public record ResourceLimit(long soft, long hard) {
    /** No limit, the kernel's RLIM_INFINITY. */
    public static final long INFINITY = -1;

    public ResourceLimit {
        if (Long.compareUnsigned(soft, hard) > 0) {
            throw new IllegalArgumentException("soft limit must not be above the hard limit");
        }
    }

    // Written out: what a record has by itself is put together when it is first needed, while a client waits.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ResourceLimit that && soft == that.soft && hard == that.hard;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(soft) * 31 + Long.hashCode(hard);
    }

    /** As an assignment: {@code 1024:4096}, {@code infinity}. */
    @Override
    public String toString() {
        return soft == hard ? text(soft) : text(soft) + ":" + text(hard);
    }

    private static String text(long value) {
        return value == INFINITY ? "infinity" : Long.toUnsignedString(value);
    }
}
