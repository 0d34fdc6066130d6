package dev.activator.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for something that only looking tells. */
final class Polling {
    private static final Duration LOOK = Duration.ofMillis(50);

    private Polling() {}

    /**
     * Looks again and again until it is so.
     *
     * @param what what is waited for, as the failure names it
     * @throws IOException if it is not so in time
     */
    static void await(String what, Duration patience, BooleanSupplier isSo) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IOException("waited " + patience.toSeconds() + " s in vain for " + what);
            }
            Thread.sleep(LOOK.toMillis());
        }
    }
}
