package dev.activator.server;

import dev.activator.config.ServiceUnit;
import dev.activator.config.UnitName;

/** A {@link ServiceInstance} as its parts see it: only {@link #enter} writes the state. */
interface Machine {
    ServiceUnit unit();

    default UnitName name() {
        return unit().name();
    }

    ServiceState state();

    ServiceRun run();

    void enter(ServiceState next, String why);

    /** By its Type= the service is started. */
    void mainStarted();

    /** It said nothing within WatchdogSec=. */
    void hangs();

    /** It stands still and nobody uses it: its stop begins. */
    void stopsAsleep(SleepOrder order);

    /** It runs again, or was not put to sleep after all. */
    void awoke(String why);
}
