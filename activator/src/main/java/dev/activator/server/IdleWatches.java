package dev.activator.server;

import dev.activator.config.UnitName;
import dev.activator.handoff.ProcessSockets;
import dev.activator.listener.Listener;
import dev.activator.listener.UseMeter;
import dev.activator.listener.UseMeters;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Watches every service that is up and has an IdleTimeoutSec=, and puts to sleep those that nothing uses. For the loop's thread. */
final class IdleWatches implements AutoCloseable {
    private final Surroundings surroundings;
    private final ZoneId zone;
    private final UseMeters meters;
    private final Function<UnitName, List<Listener>> listeners;
    private final Function<UnitName, @Nullable WorkerPool> pools;
    private final Function<ServiceInstance, SleepPolicy> policies;
    private final Predicate<UnitName> isOrderedAwake;
    private final Map<UnitName, Watched> watched = new HashMap<>();

    private record Watched(IdleWatch watch, UseObserver observer) {}

    IdleWatches(
            Surroundings surroundings,
            ZoneId zone,
            UseMeters meters,
            Function<UnitName, List<Listener>> listeners,
            Function<UnitName, @Nullable WorkerPool> pools,
            Function<ServiceInstance, SleepPolicy> policies,
            Predicate<UnitName> isOrderedAwake) {
        this.surroundings = surroundings;
        this.zone = zone;
        this.meters = meters;
        this.listeners = listeners;
        this.pools = pools;
        this.policies = policies;
        this.isOrderedAwake = isOrderedAwake;
    }

    void onServiceState(ServiceInstance instance, ServiceState to) {
        Watched present = watched.get(instance.name());
        if (!to.isUp()) {
            end(instance.name());
        } else if (present != null && to == ServiceState.FROZEN) {
            present.observer().rest();
        } else if (present != null && to == ServiceState.FREEZING) {
            present.watch().end();
        } else if (present != null && to == ServiceState.READY) {
            present.observer().resume();
            present.watch().begin();
        } else if (present == null && to == ServiceState.READY) {
            begin(instance);
        }
    }

    private void begin(ServiceInstance instance) {
        SleepPolicy policy = policies.apply(instance);
        if (!policy.isAutomatic()) {
            return;
        }
        UseObserver observer = observer(instance);
        IdleWatch watch = new IdleWatch(
                surroundings,
                zone,
                policy,
                observer::glance,
                () -> isOrderedAwake.test(instance.name()),
                () -> fallAsleep(instance, policy, observer));
        watched.put(instance.name(), new Watched(watch, observer));
        watch.begin();
    }

    /** Its declaration, or that of a socket that wakes it, may have changed: what is up is watched as it says now. */
    void reconsider(ServiceInstance instance) {
        Watched present = watched.get(instance.name());
        SleepPolicy policy = policies.apply(instance);
        boolean isOther = present == null
                ? policy.isAutomatic()
                : !policy.equals(present.watch().policy());
        if (instance.state() == ServiceState.READY && isOther) {
            end(instance.name());
            begin(instance);
        }
    }

    /** The caller closes it. */
    UseObserver observer(ServiceInstance instance) {
        UnitName name = instance.name();
        ProcessSockets held = new ProcessSockets(() -> instance.processes().pids());
        WorkerPool pool = pools.apply(name);
        UseMeter meter = pool == null
                ? meters.of(() -> listeners.apply(name), held)
                : meters.ofOneOfSeveral(() -> listeners.apply(name), held);
        Passed passed = pool == null ? Passed.NOTHING : pool.passedTo(name);
        return new UseObserver(surroundings, meter, instance.processes(), passed);
    }

    private boolean fallAsleep(ServiceInstance instance, SleepPolicy policy, UseObserver observer) {
        if (instance.state() != ServiceState.READY) {
            return false;
        }
        String what = policy.action().freezes() ? "freezing, " : "stopping, ";
        surroundings.log().note(instance.name(), what + policy.reason());
        return instance.sleeping().begin(SleepOrder.of(policy, observer, policy.reason()));
    }

    @Override
    public void close() {
        List.copyOf(watched.keySet()).forEach(this::end);
    }

    private void end(UnitName name) {
        Watched present = watched.remove(name);
        if (present != null) {
            present.watch().end();
            present.observer().close();
        }
    }

    /** The watch of a service that is up; null where it has none. */
    @Nullable
    IdleWatch of(UnitName service) {
        Watched present = watched.get(service);
        return present == null ? null : present.watch();
    }
}
