package dev.activator.server;

import dev.activator.listener.Loop;
import java.time.Instant;
import java.time.InstantSource;

/** What both machines need of the world around them; tests give their own. */
record Surroundings(Loop loop, EventLog log, InstantSource clock) {
    long nanoTime() {
        return loop.nanoTime();
    }

    Instant now() {
        return clock.instant();
    }

    /** Has a defect reported as what a callback of the loop throws is, after this turn, so that whoever has met it goes on. */
    void report(RuntimeException defect) {
        loop.execute(() -> {
            throw defect;
        });
    }
}
