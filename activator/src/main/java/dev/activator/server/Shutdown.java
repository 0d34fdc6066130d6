package dev.activator.server;

import dev.activator.listener.Loop;
import java.time.Duration;
import java.util.List;

/** Ends everything in order: sockets first, so that nothing is woken any more, then services, last started first where After= says so. */
final class Shutdown {
    private static final Duration LOOK = Duration.ofMillis(10);

    private final Loop loop;
    private final Units units;
    private final Runnable ended;

    Shutdown(Loop loop, Units units, Runnable ended) {
        this.loop = loop;
        this.units = units;
        this.ended = ended;
    }

    void begin(String why) {
        List.copyOf(units.sockets()).forEach(socket -> socket.stop(why));
        units.jobs().stopAll(why);
        await();
    }

    private void await() {
        boolean isOver = units.services().stream()
                        .allMatch(instance -> instance.state().isDown())
                && units.sockets().stream().noneMatch(socket -> socket.state().isUnderWay());
        if (isOver) {
            ended.run();
        } else {
            loop.after(LOOK, "waiting for services to stop", this::await);
        }
    }
}
