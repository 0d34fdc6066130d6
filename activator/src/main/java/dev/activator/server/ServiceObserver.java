package dev.activator.server;

/** Who is told of an instance's transitions: one level up, on the loop, after the state has changed. */
interface ServiceObserver {
    void onServiceState(ServiceInstance instance, ServiceState from, ServiceState to);
}
