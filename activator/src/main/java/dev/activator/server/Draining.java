package dev.activator.server;

import dev.activator.listener.Timer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Lets a service finish the connections that it has, and stops it then. Meanwhile new TCP clients are held off at the door: it would take
 * them out of the queue itself. Others can still come in.
 */
final class Draining {
    private static final Duration LOOK = Duration.ofMillis(50);

    private final Surroundings surroundings;
    private final ServiceInstance instance;
    private final Doorway door;
    private final UseObserver observer;
    private final String why;
    private @Nullable Timer timer;

    /** @param observer is closed with this */
    Draining(Surroundings surroundings, ServiceInstance instance, Doorway door, UseObserver observer, String why) {
        this.surroundings = surroundings;
        this.instance = instance;
        this.door = door;
        this.observer = observer;
        this.why = why;
    }

    void begin() {
        String obstacle = door.shut();
        if (!obstacle.isEmpty()) {
            surroundings.log().warn(instance.name(), "cannot hold clients off, whoever comes is served: " + obstacle);
        }
        look();
    }

    private void look() {
        if (observer.takenConnections() == 0) {
            instance.sleeping()
                    .begin(new SleepOrder(SleepOrder.Depth.STOPPED, why, this::open, SleepOrder.Rest.PLAIN.heedless()));
        } else if (instance.state() == ServiceState.FROZEN) {
            instance.start(why, surroundings.nanoTime());
        }
        timer = surroundings.loop().after(LOOK, "look whether it is drained", this::look);
    }

    private @Nullable String open() {
        int connections = observer.takenConnections();
        return connections == 0 ? null : connections + " connections";
    }

    /** It is over, one way or the other. */
    void end() {
        if (timer != null) {
            timer.cancel();
        }
        door.open();
        observer.close();
    }
}
