package dev.activator.it.rig;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Waits for a condition that nothing announces (a state in {@code /proc}, an answer of the command line). The only
 * place in this module that lets time pass; everything else waits for an event.
 */
public final class Eventually {

    /** Long enough for a JVM to start on a busy machine with two cores. */
    public static final Duration PATIENCE = Duration.ofSeconds(45);

    private static final long PAUSE_NANOS = Duration.ofMillis(5).toNanos();

    private Eventually() {}

    /** Returns as soon as {@code condition} holds; fails with {@code expectation} after {@link #PATIENCE}. */
    public static void eventually(String expectation, BooleanSupplier condition) {
        eventually(PATIENCE, () -> expectation, condition);
    }

    /** As above with a time limit; {@code expectation} is asked only for the failure's message. */
    public static void eventually(Duration limit, Supplier<String> expectation, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not within " + limit.toMillis() + " ms: " + expectation.get());
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Watches for the whole of {@code time} that {@code condition} stays true. */
    public static void throughout(Duration time, String expectation, BooleanSupplier condition) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() - end < 0) {
            if (!condition.getAsBoolean()) {
                throw new AssertionError("did not stay true: " + expectation);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
