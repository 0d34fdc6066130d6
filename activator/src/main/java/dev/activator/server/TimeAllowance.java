package dev.activator.server;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Time that something may take: a share of all time, saved up to a bound while it is not used. For one thread. */
final class TimeAllowance {
    private final long most;
    private final int share;
    private final LongSupplier clock;
    private long saved;
    private long at;

    /**
     * A full one.
     *
     * @param most what can be saved
     * @param share the time that passes gives one part of so many
     * @param clock nanoseconds
     */
    TimeAllowance(Duration most, int share, LongSupplier clock) {
        this.most = most.toNanos();
        this.share = share;
        this.clock = clock;
        this.saved = this.most;
        this.at = clock.getAsLong();
    }

    /** Runs the task and counts what it takes; false, without running it, where nothing is left. */
    boolean spend(Runnable task) {
        long begun = clock.getAsLong();
        saved = Math.min(most, saved + (begun - at) / share);
        at = begun;
        if (saved <= 0) {
            return false;
        }
        task.run();
        saved -= clock.getAsLong() - begun;
        return true;
    }
}
