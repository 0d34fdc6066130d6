package dev.activator.server;

import dev.activator.config.ActivatorDirectives;
import dev.activator.config.LoadState;
import dev.activator.config.ServiceDirectives;
import dev.activator.config.ServiceUnit;
import dev.activator.config.SocketUnit;
import dev.activator.config.TimeSpan;
import dev.activator.config.UnitCatalog;
import dev.activator.config.UnitName;
import dev.activator.handoff.TreeSource;
import dev.activator.listener.ConnectionCounter;
import dev.activator.listener.Listener;
import dev.activator.listener.ListenerRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Every machine there is, by unit name, and who wakes whom. For the loop's thread. */
final class Units implements ServiceObserver {
    private final Surroundings surroundings;
    private final Reception reception;
    private final ListenerRegistry registry;
    private final ServiceLauncher launcher;
    private final TreeSource trees;
    private final ConnectionCounter counter;
    private final SortedMap<UnitName, SocketActivation> sockets = new TreeMap<>();
    private final SortedMap<UnitName, ServiceInstance> services = new TreeMap<>();
    private final Map<UnitName, Served> served = new HashMap<>();
    private final Map<UnitName, IdleWatch> idleWatches = new HashMap<>();
    private final List<Awaited> awaited = new ArrayList<>();
    private UnitCatalog catalog;

    /** The connection that a per-connection instance serves. */
    record Served(SocketActivation socket, String source, String peer) {}

    private record Awaited(UnitName unit, Predicate<ServiceState> reached, CompletableFuture<ServiceState> result) {}

    Units(
            UnitCatalog catalog,
            Surroundings surroundings,
            Reception reception,
            ListenerRegistry registry,
            ServiceLauncher launcher,
            TreeSource trees,
            ConnectionCounter counter) {
        this.catalog = catalog;
        this.surroundings = surroundings;
        this.reception = reception;
        this.registry = registry;
        this.launcher = launcher;
        this.trees = trees;
        this.counter = counter;
    }

    /** The activation of a socket unit, made when it is first asked for. */
    SocketActivation socket(SocketUnit unit) {
        return sockets.computeIfAbsent(
                unit.name(),
                name -> new SocketActivation(
                        unit, surroundings, reception, registry, new SocketTarget(this, surroundings, name)));
    }

    /** The instance of a service that is no template, made when it is first asked for. */
    ServiceInstance service(ServiceUnit unit) {
        UnitName name = unit.name();
        ServiceInstance present = services.get(name);
        if (present != null) {
            return present;
        }
        return add(unit, new ListenerSource(() -> listenersOf(name)));
    }

    /** An instance that serves one connection and goes with it. */
    ServiceInstance serving(ServiceUnit unit, ConnectionSource connection, Served what) {
        served.put(unit.name(), what);
        return add(unit, connection);
    }

    private ServiceInstance add(ServiceUnit unit, SocketSource source) {
        ServiceProcesses processes = new ServiceProcesses(
                unit,
                launcher,
                source,
                () -> trees.create(unit.name().template().toString()));
        ServiceInstance instance = new ServiceInstance(unit, surroundings, processes, door(unit.name()), this);
        services.put(unit.name(), instance);
        return instance;
    }

    private Doorway door(UnitName service) {
        return new Doorway(() -> listenersOf(service), registry.gate());
    }

    /** The listeners of all socket units that wake the service or that its Sockets= names, unit by unit. */
    List<Listener> listenersOf(UnitName service) {
        return socketsOf(service).stream()
                .flatMap(socket -> socket.listeners().stream())
                .toList();
    }

    List<SocketActivation> socketsOf(UnitName service) {
        List<UnitName> named = Optional.ofNullable(services.get(service))
                .map(instance -> instance.unit().get(ServiceDirectives.SOCKETS))
                .orElse(List.of());
        return sockets.values().stream()
                .filter(socket -> !socket.unit().isAccepting())
                .filter(socket ->
                        named.contains(socket.name()) || target(socket).equals(service))
                .toList();
    }

    /** The service that a socket wakes, by its own name where an alias is given. */
    UnitName target(SocketActivation socket) {
        UnitName service = socket.unit().service();
        return catalog.resolve(service).orElse(service);
    }

    @Override
    public void onServiceState(ServiceInstance instance, ServiceState from, ServiceState to) {
        Served connection = served.get(instance.name());
        if (connection != null) {
            onServingState(instance, to, connection);
        } else {
            for (SocketActivation socket : socketsOf(instance.name())) {
                socket.onServiceState(
                        to, instance.view().run().result(), instance.view().suspension());
            }
            watchIdleness(instance, from, to);
        }
        settleAwaited(instance.name(), to);
    }

    private void onServingState(ServiceInstance instance, ServiceState to, Served connection) {
        boolean lostItsConnection =
                to == ServiceState.BACKING_OFF && instance.view().run().isStarted();
        if (to.isDown()) {
            served.remove(instance.name());
            services.remove(instance.name());
            connection.socket().connectionEnded(connection.source());
        } else if (lostItsConnection) {
            instance.stop("its connection is gone");
        }
    }

    private void watchIdleness(ServiceInstance instance, ServiceState from, ServiceState to) {
        UnitName name = instance.name();
        Duration timeout = idleTimeout(instance.unit());
        if (to == ServiceState.READY && from != ServiceState.RELOADING && !timeout.equals(TimeSpan.INFINITY)) {
            IdleWatch watch = new IdleWatch(
                    surroundings, counter, () -> listenersOf(name), timeout, () -> stopIdle(instance, timeout));
            idleWatches.put(name, watch);
            watch.begin();
        } else if (!to.isUp() || to.isHeldStill()) {
            IdleWatch watch = idleWatches.remove(name);
            if (watch != null) {
                watch.end();
            }
        }
    }

    private void stopIdle(ServiceInstance instance, Duration timeout) {
        String why = IdleWatch.reason(timeout);
        surroundings.log().note(instance.name(), "stopping, " + why);
        instance.sleep(new SleepOrder(SleepOrder.Depth.STOPPED, why, () -> openConnections(instance.name())));
    }

    private @Nullable String openConnections(UnitName service) {
        int connections = counter.openConnections(listenersOf(service));
        return connections == 0 ? null : connections + " connections";
    }

    /** IdleTimeoutSec= of the service, else the shortest of its sockets'. */
    private Duration idleTimeout(ServiceUnit unit) {
        if (unit.isSet(ActivatorDirectives.IDLE_TIMEOUT)) {
            return unit.get(ActivatorDirectives.IDLE_TIMEOUT);
        }
        return socketsOf(unit.name()).stream()
                .map(socket -> socket.unit().get(ActivatorDirectives.IDLE_TIMEOUT))
                .min(Duration::compareTo)
                .orElse(TimeSpan.INFINITY);
    }

    /** Completes with the state once the service is in one that was asked for; at once where it is. */
    CompletableFuture<ServiceState> await(ServiceInstance instance, Predicate<ServiceState> reached) {
        CompletableFuture<ServiceState> result = new CompletableFuture<>();
        if (reached.test(instance.state())) {
            result.complete(instance.state());
        } else {
            awaited.add(new Awaited(instance.name(), reached, result));
        }
        return result;
    }

    private void settleAwaited(UnitName unit, ServiceState state) {
        List<Awaited> settled = awaited.stream()
                .filter(one -> one.unit().equals(unit) && one.reached().test(state))
                .toList();
        awaited.removeAll(settled);
        settled.forEach(one -> one.result().complete(state));
    }

    /** Takes what was read anew: machines of units that are gone end, the others get their new declaration. */
    void redeclare(UnitCatalog fresh) {
        catalog = fresh;
        for (SocketActivation socket : List.copyOf(sockets.values())) {
            LoadState loaded = fresh.state(socket.name());
            if (loaded == LoadState.NOT_FOUND || loaded == LoadState.MASKED) {
                socket.stop(loaded == LoadState.MASKED ? "it is masked now" : "its unit file is gone");
                sockets.remove(socket.name());
            } else if (loaded != LoadState.LOADED) {
                surroundings.log().warn(socket.name(), "its file has an error now, what was loaded before stays");
            }
        }
        fresh.sockets().values().stream()
                .filter(unit -> sockets.containsKey(unit.name()))
                .filter(unit -> !unit.equals(socket(unit).unit()))
                .forEach(unit -> socket(unit).reload(unit));
        for (ServiceInstance instance : List.copyOf(services.values())) {
            Optional<ServiceUnit> declared = fresh.service(instance.name());
            declared.ifPresent(instance::redeclare);
            if (declared.isEmpty() && instance.state().isDown()) {
                services.remove(instance.name());
            }
        }
    }

    /** The loop's clock. */
    long nanoTime() {
        return surroundings.nanoTime();
    }

    UnitCatalog catalog() {
        return catalog;
    }

    Collection<SocketActivation> sockets() {
        return sockets.values();
    }

    Collection<ServiceInstance> services() {
        return services.values();
    }

    @Nullable
    SocketActivation socket(UnitName name) {
        return sockets.get(name);
    }

    @Nullable
    ServiceInstance service(UnitName name) {
        return services.get(name);
    }

    @Nullable
    Served servedBy(UnitName instance) {
        return served.get(instance);
    }

    @Nullable
    Instant idleStopAt(UnitName service) {
        IdleWatch watch = idleWatches.get(service);
        return watch == null ? null : watch.stopsAt();
    }
}
