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
}
