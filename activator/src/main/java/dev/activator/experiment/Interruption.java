package dev.activator.experiment;

import dev.activator.cli.Terminal;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Makes Ctrl-C and SIGTERM end what runs as a failing step would: the thread that made this is interrupted, closes what it has opened, and
 * the process ends when that is done, which {@link #close} tells.
 */
public final class Interruption implements AutoCloseable {
    private static final int INTERRUPTED = 130;
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook;

    private Interruption(Thread running) {
        this.hook = new Thread(() -> interrupt(running), "interruption");
    }

    /** Watches for the sake of the current thread. */
    private static Interruption watch() {
        Interruption interruption = new Interruption(Thread.currentThread());
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    /** What is to be ended in order; gives the exit status. */
    @FunctionalInterface
    public interface Interruptible {
        int run() throws IOException, InterruptedException;
    }

    /**
     * Runs it to its end, or until the process is told to end.
     *
     * @param farewell what the person is told in that case, when everything is closed
     * @return its exit status, or the one that a shell reports of a program that Ctrl-C ended
     */
    public static int guard(Terminal terminal, String farewell, Interruptible running)
            throws IOException, InterruptedException {
        try (Interruption interruption = watch()) {
            try {
                return running.run();
            } catch (IOException | InterruptedException | RuntimeException failure) {
                if (!interruption.isAsked()) {
                    throw failure;
                }
                terminal.err().println();
                terminal.err().println(farewell);
                return INTERRUPTED;
            }
        }
    }

    /** Whether the process has been told to end. */
    private boolean isAsked() {
        return asked.getCount() == 0;
    }

    private void interrupt(Thread running) {
        asked.countDown();
        running.interrupt();
        try {
            closed.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException nobodyDoes) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The process is ending already, and the hook, having been released, with it.
        }
    }
}
