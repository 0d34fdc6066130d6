package dev.activator.server;

/** Who is told of an instance's transitions: one level up, on the loop, after the state has changed. */
interface ServiceObserver {
    void onServiceState(ServiceInstance instance, ServiceState from, ServiceState to);

    /** An instance that served one connection has gone with it; of those nothing else is told. */
    default void onServed(ServiceInstance instance, ServiceState end) {}
}
