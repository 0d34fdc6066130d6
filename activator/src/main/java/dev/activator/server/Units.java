package dev.activator.server;

import dev.activator.config.LoadState;
import dev.activator.config.ServiceDirectives;
import dev.activator.config.ServiceUnit;
import dev.activator.config.SocketUnit;
import dev.activator.config.UnitCatalog;
import dev.activator.config.UnitName;
import dev.activator.handoff.TreeSource;
import dev.activator.listener.Listener;
import dev.activator.listener.ListenerRegistry;
import dev.activator.listener.UseMeters;
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
final class Units implements ServiceObserver, AutoCloseable {
    private final Surroundings surroundings;
    private final SocketParts parts;
    private final ListenerRegistry registry;
    private final ServiceLauncher launcher;
    private final TreeSource trees;
    private final Activations sockets = new Activations();
    private final SortedMap<UnitName, ServiceInstance> services = new TreeMap<>();
    private final Map<UnitName, Served> served = new HashMap<>();
    /** The sockets that wake each service, as far as they were asked for; forgotten when either changes. */
    private final Map<UnitName, List<SocketActivation>> wakers = new HashMap<>();

    private final Map<UnitName, WorkerPool> pools = new HashMap<>();
    private final IdleWatches idleWatches;
    private final StandingOrders orders;
    private final Map<UnitName, Draining> drains = new HashMap<>();
    private final List<Awaited> awaited = new ArrayList<>();
    private final UnitJobs jobs;
    private ServiceObserver bystander = (instance, from, to) -> {};
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
            UseMeters meters) {
        this.catalog = catalog;
        this.surroundings = surroundings;
        this.registry = registry;
        this.launcher = launcher;
        this.trees = trees;
        this.parts = new SocketParts(
                surroundings,
                reception,
                registry,
                () -> new SocketCommands(surroundings, launcher, trees, registry.gate()));
        this.jobs = new UnitJobs(this, surroundings);
        this.orders = new StandingOrders(surroundings, this::onOrder);
        this.idleWatches = new IdleWatches(
                surroundings,
                reception.zone(),
                meters,
                this::listenersOf,
                this::poolOf,
                this::sleepPolicy,
                orders::keepsAwake);
    }

    /** Tells someone more of the transitions of all instances, and of the end of those that serve one connection. */
    void tell(ServiceObserver observer) {
        bystander = observer;
    }

    /** Starts and stops of units with all that they mean for others. */
    UnitJobs jobs() {
        return jobs;
    }

    /** The activation of a socket unit, made when it is first asked for. */
    SocketActivation socket(SocketUnit unit) {
        SocketActivation present = sockets.get(unit.name());
        if (present != null) {
            return present;
        }
        wakers.clear();
        SocketActivation made = new SocketActivation(unit, parts, new SocketTarget(this, unit.name()));
        sockets.add(made);
        return made;
    }

    /** The instance of a service that is no template, made when it is first asked for. */
    ServiceInstance service(ServiceUnit unit) {
        UnitName name = unit.name();
        ServiceInstance present = services.get(name);
        if (present != null) {
            return present;
        }
        return add(unit, new ListenerSource(name, () -> handedTo(name), () -> poolOf(name)));
    }

    /** An instance that serves one connection and goes with it. */
    ServiceInstance serving(ServiceUnit unit, ConnectionSource connection, Served what) {
        served.put(unit.name(), what);
        return add(unit, connection);
    }

    private ServiceInstance add(ServiceUnit unit, SocketSource source) {
        UnitName name = unit.name();
        ServiceProcesses processes = new ServiceProcesses(
                unit, launcher, source, () -> trees.create(name.template().toString()));
        ServiceInstance instance = new ServiceInstance(unit, surroundings, processes, door(name), this);
        services.put(name, instance);
        wakers.remove(name);
        return instance;
    }

    private Doorway door(UnitName service) {
        return new Doorway(() -> handedTo(service), registry.gate(), () -> orders.holds(service));
    }

    /** When and how the service sleeps. */
    SleepPolicy sleepPolicy(ServiceInstance instance) {
        List<SocketUnit> declared =
                socketsOf(instance.name()).stream().map(SocketActivation::unit).toList();
        return SleepPolicy.of(instance.unit(), declared);
    }

    /** Of a service that is up. The caller closes it. */
    UseObserver observer(ServiceInstance instance) {
        return idleWatches.observer(instance);
    }

    /** Has it finish what is open and stop then, unless it does so already. */
    void drain(ServiceInstance instance, String why) {
        if (!drains.containsKey(instance.name())) {
            Draining draining =
                    new Draining(surroundings, instance, door(instance.name()), idleWatches.observer(instance), why);
            drains.put(instance.name(), draining);
            draining.begin();
        }
    }

    private void endDrain(UnitName service) {
        Draining draining = drains.remove(service);
        if (draining != null) {
            draining.end();
        }
    }

    private void onOrder(UnitName unit, @Nullable StandingOrder before) {
        StandingOrder now = orders.of(unit);
        boolean wasFrozen = before != null && before.kind() == StandingOrder.Kind.FREEZE;
        if (before != null && before.kind() == StandingOrder.Kind.DRAIN) {
            endDrain(unit);
        }
        sockets.all().stream()
                .filter(socket -> socket.name().equals(unit) || target(socket).equals(unit))
                .toList()
                .forEach(SocketActivation::heedOrders);
        ServiceInstance instance = services.get(unit);
        if (instance != null) {
            settleAwaited(unit, instance.state());
        }
        if (wasFrozen && now == null && instance != null && instance.state().isHeldStill()) {
            jobs.wake(instance.unit(), "the end of the order to freeze it", surroundings.nanoTime());
        }
    }

    /** No service is looked at any more. */
    @Override
    public void close() {
        idleWatches.close();
        List.copyOf(drains.keySet()).forEach(this::endDrain);
        pools.values().forEach(WorkerPool::close);
    }

    StandingOrders orders() {
        return orders;
    }

    /** The listeners of all socket units that wake the service or that its Sockets= names, unit by unit. */
    List<Listener> listenersOf(UnitName service) {
        List<Listener> all = new ArrayList<>();
        for (SocketActivation socket : socketsOf(service)) {
            all.addAll(socket.listeners());
        }
        return all;
    }

    /** Those of them that it accepts at by itself. */
    private List<Listener> handedTo(UnitName service) {
        List<Listener> handed = listenersOf(service);
        handed.removeIf(listener -> listener.unit().isPassing());
        return handed;
    }

    /** The workers that a socket passes to. */
    WorkerPool pool(SocketActivation socket) {
        return pools.computeIfAbsent(target(socket), name -> new WorkerPool(name, surroundings, poolServices(name)));
    }

    /** Where a service is passed connections; null where no socket does that. */
    @Nullable
    WorkerPool poolOf(UnitName service) {
        for (SocketActivation socket : socketsOf(service)) {
            if (socket.unit().isPassing()) {
                return pool(socket);
            }
        }
        return null;
    }

    private WorkerPool.Services poolServices(UnitName pooled) {
        return new WorkerPool.Services() {
            @Override
            public Optional<ServiceUnit> declared(UnitName worker) {
                return catalog.service(worker);
            }

            @Override
            public ServiceInstance instance(ServiceUnit unit) {
                return service(unit);
            }

            @Override
            public @Nullable ServiceInstance present(UnitName worker) {
                return services.get(worker);
            }

            @Override
            public void wake(ServiceUnit unit, String cause, long noticed) {
                jobs.wake(unit, cause, noticed);
            }

            @Override
            public List<SocketActivation> sockets() {
                return socketsOf(pooled).stream()
                        .filter(socket -> socket.unit().isPassing())
                        .toList();
            }

            @Override
            public boolean isHeld(UnitName worker) {
                return orders.holds(worker)
                        || (worker.equals(pooled)
                                && sockets().stream().anyMatch(socket -> orders.holds(socket.name())));
            }
        };
    }

    /** Looked for among all sockets once; what a state change costs must not grow with their number. */
    List<SocketActivation> socketsOf(UnitName service) {
        return wakers.computeIfAbsent(service, this::findSocketsOf);
    }

    private List<SocketActivation> findSocketsOf(UnitName service) {
        List<UnitName> named = Optional.ofNullable(services.get(service))
                .map(instance -> instance.unit().get(ServiceDirectives.SOCKETS))
                .orElse(List.of());
        return sockets.all().stream()
                .filter(socket -> !socket.unit().isAccepting())
                .filter(socket -> named.contains(socket.name()) || wakes(socket, service))
                .toList();
    }

    private boolean wakes(SocketActivation socket, UnitName service) {
        UnitName target = target(socket);
        boolean isWorker = socket.unit().isPassing() && service.isInstance() && target.equals(service.template());
        return isWorker || target.equals(service);
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
            WorkerPool pool = poolOf(instance.name());
            if (pool != null) {
                pool.onWorkerState(instance, to, instance.view().suspension());
            }
            if (to.isDown()) {
                endDrain(instance.name());
            }
            idleWatches.onServiceState(instance, to);
            tellBystander(() -> bystander.onServiceState(instance, from, to));
        }
        jobs.followers().onService(instance, from, to);
        settleAwaited(instance.name(), to);
    }

    /** What goes wrong with one who only looks on keeps nothing from those who act. */
    private void tellBystander(Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException defect) {
            surroundings.report(defect);
        }
    }

    private void onServingState(ServiceInstance instance, ServiceState to, Served connection) {
        boolean lostItsConnection =
                to == ServiceState.BACKING_OFF && instance.view().run().isStarted();
        if (to.isDown()) {
            served.remove(instance.name());
            services.remove(instance.name());
            wakers.remove(instance.name());
            connection.socket().connectionEnded(connection.source());
            tellBystander(() -> bystander.onServed(instance, to));
        } else if (lostItsConnection) {
            instance.stop("its connection is gone");
        }
    }

    /** Processes have ended that nobody waits for by name; they may have been the last of a service. */
    void orphansEnded() {
        List<ServiceInstance> masterless = services.values().stream()
                .filter(ServiceInstance::isMainUnknown)
                .toList();
        masterless.forEach(ServiceInstance::lookWhetherItEnded);
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
        if (awaited.isEmpty()) {
            return;
        }
        List<Awaited> settled = awaited.stream()
                .filter(one -> one.unit().equals(unit) && one.reached().test(state))
                .toList();
        awaited.removeAll(settled);
        settled.forEach(one -> one.result().complete(state));
    }

    /** Takes what was read anew: machines of units that are gone end, the others get their new declaration. */
    void redeclare(UnitCatalog fresh) {
        catalog = fresh;
        wakers.clear();
        for (SocketActivation socket : List.copyOf(sockets.all())) {
            LoadState loaded = fresh.state(socket.name());
            if (loaded == LoadState.NOT_FOUND || loaded == LoadState.MASKED) {
                socket.stop(loaded == LoadState.MASKED ? "it is masked now" : "its unit file is gone");
                sockets.remove(socket);
            } else if (loaded != LoadState.LOADED) {
                surroundings.log().warn(socket.name(), "its file has an error now, what was loaded before stays");
            }
        }
        for (SocketUnit declared : fresh.sockets().values()) {
            SocketActivation socket = sockets.get(declared.name());
            if (socket != null && !declared.equals(socket.unit())) {
                socket.reload(declared);
            }
        }
        for (ServiceInstance instance : List.copyOf(services.values())) {
            Optional<ServiceUnit> declared = fresh.service(instance.name());
            declared.ifPresent(instance::redeclare);
            if (declared.isEmpty() && instance.state().isDown()) {
                services.remove(instance.name());
            }
        }
        wakers.clear();
        pools.values().forEach(WorkerPool::redeclared);
        services.values().stream()
                .filter(instance -> !served.containsKey(instance.name()))
                .forEach(idleWatches::reconsider);
    }

    /** The loop's clock. */
    long nanoTime() {
        return surroundings.nanoTime();
    }

    /** The wall clock. */
    Instant now() {
        return surroundings.now();
    }

    UnitCatalog catalog() {
        return catalog;
    }

    Collection<SocketActivation> sockets() {
        return sockets.all();
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

    /** Null where the service is not up, or never sleeps by itself. */
    @Nullable
    IdleWatch idleWatch(UnitName service) {
        return idleWatches.of(service);
    }
}
