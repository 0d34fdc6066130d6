package dev.activator.config;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes the units of all entries ahead of the rest of a load, by two threads where there are two processors: each file is its own
 * business. What fails in the other thread is made again, and fails again, in the one that asks for it.
 */
final class Preparation {
    /** Fewer are not worth a thread. */
    private static final int WORTHWHILE = 128;
    /** Taken at a time, so that the two meet seldom. */
    private static final int SLICE = 32;

    private final UnitSources sources;
    private final int count;
    private final AtomicInteger next = new AtomicInteger();

    private Preparation(UnitSources sources) {
        this.sources = sources;
        this.count = sources.directories().entries().size();
    }

    /** Returns when all is made. */
    static void of(UnitSources sources) {
        Preparation preparation = new Preparation(sources);
        if (preparation.count < WORTHWHILE || Runtime.getRuntime().availableProcessors() == 1) {
            preparation.work();
            return;
        }
        Thread second = new Thread(preparation::work, "unit-files");
        second.setDaemon(true);
        second.start();
        preparation.work();
        join(second);
    }

    private void work() {
        for (int from = next.getAndAdd(SLICE); from < count; from = next.getAndAdd(SLICE)) {
            int end = Math.min(count, from + SLICE);
            for (int at = from; at < end; at++) {
                sources.prepare(at);
            }
        }
    }

    private static void join(Thread second) {
        boolean isInterrupted = false;
        while (true) {
            try {
                second.join();
                break;
            } catch (InterruptedException e) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
