package dev.activator.server;

import dev.activator.config.UnitCatalog;
import dev.activator.control.Event;
import dev.activator.control.EventFeed;
import dev.activator.listener.Loop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads all unit files again, off the loop, and gives the machines what has changed, on it. Requests that come meanwhile share one run. */
final class Reloading {
    private static final Logger LOG = LoggerFactory.getLogger("activator");

    private final Loop loop;
    private final UnaryOperator<UnitCatalog> reader;
    private final Units units;
    private final EventFeed feed;
    private final Runnable startSockets;
    private List<CompletableFuture<UnitCatalog>> waiting = new ArrayList<>();
    private boolean isReading;

    Reloading(Loop loop, UnaryOperator<UnitCatalog> reader, Units units, EventFeed feed, Runnable startSockets) {
        this.loop = loop;
        this.reader = reader;
        this.units = units;
        this.feed = feed;
        this.startSockets = startSockets;
    }

    /** The same for one who does not wait for it. */
    void request(String why) {
        enqueue(new CompletableFuture<>(), why);
    }

    /** Completes on the loop with the new catalog once it holds. */
    CompletableFuture<UnitCatalog> reload(String why) {
        CompletableFuture<UnitCatalog> done = new CompletableFuture<>();
        enqueue(done, why);
        return done;
    }

    private void enqueue(CompletableFuture<UnitCatalog> done, String why) {
        waiting.add(done);
        if (!isReading) {
            LOG.info("reading the unit files again: {}", why);
            read();
        }
    }

    private void read() {
        isReading = true;
        List<CompletableFuture<UnitCatalog>> served = waiting;
        waiting = new ArrayList<>();
        UnitCatalog present = units.catalog();
        Thread thread = new Thread(
                () -> {
                    try {
                        UnitCatalog fresh = reader.apply(present);
                        loop.execute(() -> apply(fresh, served));
                    } catch (RuntimeException e) {
                        loop.execute(() -> failed(e, served));
                    }
                },
                "unit-reader");
        thread.setDaemon(true);
        thread.start();
    }

    private void apply(UnitCatalog fresh, List<CompletableFuture<UnitCatalog>> served) {
        Server.reportProblems(fresh);
        units.redeclare(fresh);
        startSockets.run();
        feed.publish(
                Event.Kind.RELOAD,
                "",
                "read the unit files again: " + fresh.names().size() + " units");
        served.forEach(one -> one.complete(fresh));
        next();
    }

    private void failed(RuntimeException failure, List<CompletableFuture<UnitCatalog>> served) {
        feed.publish(Event.Kind.FAILURE, "", "cannot read the unit files: " + failure);
        LOG.error("cannot read the unit files: {}, everything stays as it was", failure.toString());
        served.forEach(one -> one.completeExceptionally(failure));
        next();
    }

    private void next() {
        isReading = false;
        if (!waiting.isEmpty()) {
            read();
        }
    }
}
