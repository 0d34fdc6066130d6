package dev.activator.jobs;

import dev.activator.config.LoadState;
import dev.activator.config.Relations;
import java.util.Set;

/** The units as they are now, by their own names. */
public interface Landscape {
    Relations relations();

    LoadState load(String unit);

    /** Up, and awake where it can sleep. */
    boolean isUp(String unit);

    /** Nothing of it runs and nothing is on its way. */
    boolean isDown(String unit);

    /** Whether the operator has ordered that it is not started for being wanted. */
    boolean isDisabled(String unit);

    /** The sockets that wake a service, which start before it. */
    Set<String> socketsOf(String service);

    /** The service that a socket wakes. */
    Set<String> servicesOf(String socket);
}
