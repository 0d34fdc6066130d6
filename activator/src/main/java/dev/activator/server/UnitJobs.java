package dev.activator.server;

import dev.activator.config.Condition;
import dev.activator.config.LoadState;
import dev.activator.config.Relations;
import dev.activator.config.ServiceUnit;
import dev.activator.config.SocketUnit;
import dev.activator.config.TargetUnit;
import dev.activator.config.Unit;
import dev.activator.config.UnitName;
import dev.activator.config.UnitType;
import dev.activator.jobs.Impossible;
import dev.activator.jobs.Job;
import dev.activator.jobs.JobEnd;
import dev.activator.jobs.JobKind;
import dev.activator.jobs.Jobs;
import dev.activator.jobs.Landscape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The machines as jobs see them, and what jobs do with them. For the loop's thread. */
final class UnitJobs implements Landscape, Jobs.Performer {
    private final Units units;
    private final Surroundings surroundings;
    private final Targets targets;
    private final Jobs jobs;
    private final Followers followers;
    private final Map<UnitName, CompletableFuture<SocketState>> underWay = new HashMap<>();
    private Predicate<String> disabled = name -> false;

    UnitJobs(Units units, Surroundings surroundings) {
        this.units = units;
        this.surroundings = surroundings;
        this.targets = new Targets(surroundings);
        this.jobs = new Jobs(this, this, surroundings::nanoTime, surroundings::now);
        this.followers = new Followers(this, jobs, surroundings);
    }

    /** Which sockets the operator has disabled. */
    void heed(Predicate<String> disabledSockets) {
        disabled = disabledSockets;
    }

    Jobs jobs() {
        return jobs;
    }

    Targets targets() {
        return targets;
    }

    Followers followers() {
        return followers;
    }

    /** Starts a service that somebody uses, after what it needs; at once where it needs nothing. */
    void wake(ServiceUnit unit, String cause, long noticed) {
        wake(units.service(unit), cause, noticed);
    }

    /** The same for one that has its machine already. */
    void wake(ServiceInstance instance, String cause, long noticed) {
        if (jobs.isEmpty() && relations().startsAlone(instance.unit())) {
            instance.start(cause, noticed);
            return;
        }
        try {
            CompletableFuture<JobEnd> unused = jobs.start(instance.name().toString(), cause, noticed);
        } catch (Impossible cannot) {
            instance.failToStart(cannot.sentence());
        }
    }

    /** Stops everything that runs or is about to, in order, and starts nothing any more. */
    void stopAll(String why) {
        followers.end();
        Set<String> all = active();
        jobs.all().forEach(job -> all.add(job.unit()));
        try {
            CompletableFuture<JobEnd> unused = jobs.stop(all, why);
        } catch (Impossible unordered) {
            List.copyOf(units.services()).forEach(instance -> instance.stop(why));
        }
    }

    /** Whether a start of the unit waits for others. */
    boolean isAwaited(UnitName unit) {
        Job job = jobs.of(unit.toString());
        return job != null && job.kind() == JobKind.START;
    }

    @Override
    public Relations relations() {
        return units.catalog().relations();
    }

    @Override
    public LoadState load(String unit) {
        UnitName name = UnitName.parse(unit);
        if (name == null) {
            return LoadState.NOT_FOUND;
        }
        LoadState state = units.catalog().state(name);
        boolean isRunning = units.service(name) != null || units.socket(name) != null;
        return state == LoadState.NOT_FOUND && isRunning ? LoadState.LOADED : state;
    }

    @Override
    public boolean isUp(String unit) {
        UnitName name = UnitName.parse(unit);
        if (name == null) {
            return false;
        }
        return switch (name.type()) {
            case SOCKET -> {
                SocketActivation socket = units.socket(name);
                yield socket != null
                        && socket.state().isOpen()
                        && !socket.state().isUnderWay();
            }
            case SERVICE -> {
                ServiceInstance service = units.service(name);
                yield service != null
                        && service.state().isUp()
                        && !service.state().isHeldStill();
            }
            case TARGET -> targets.isUp(name);
        };
    }

    @Override
    public boolean isDown(String unit) {
        UnitName name = UnitName.parse(unit);
        if (name == null) {
            return true;
        }
        return switch (name.type()) {
            case SOCKET -> {
                SocketActivation socket = units.socket(name);
                SocketState state = socket == null ? SocketState.CLOSED : socket.state();
                yield state == SocketState.CLOSED || state == SocketState.FAILED;
            }
            case SERVICE -> {
                ServiceInstance service = units.service(name);
                yield service == null || service.state().isDown();
            }
            case TARGET -> !targets.isUp(name);
        };
    }

    /** Whether its processes stand still until somebody uses it. */
    boolean isHeldStill(String unit) {
        UnitName name = UnitName.parse(unit);
        ServiceInstance service = name == null ? null : units.service(name);
        return service != null && service.state().isHeldStill();
    }

    @Override
    public boolean isDisabled(String unit) {
        return disabled.test(unit);
    }

    @Override
    public Set<String> socketsOf(String service) {
        UnitName name = UnitName.parse(service);
        if (name == null || name.type() != UnitType.SERVICE) {
            return Set.of();
        }
        return units.socketsOf(name).stream()
                .map(socket -> socket.name().toString())
                .collect(Collectors.toSet());
    }

    @Override
    public Set<String> servicesOf(String socket) {
        UnitName name = UnitName.parse(socket);
        SocketActivation activation = name == null ? null : units.socket(name);
        return activation == null || activation.unit().isAccepting()
                ? Set.of()
                : Set.of(units.target(activation).toString());
    }

    /** The loaded unit; null where there is none. */
    @Nullable
    Unit declared(String unit) {
        return units.catalog().find(unit).orElse(null);
    }

    /** Every service, target and socket that is not down. */
    Set<String> active() {
        Set<String> active = new TreeSet<>();
        units.sockets().forEach(socket -> active.add(socket.name().toString()));
        units.services().forEach(service -> active.add(service.name().toString()));
        targets.all().forEach(target -> active.add(target.toString()));
        active.removeIf(this::isDown);
        return active;
    }

    @Override
    public CompletableFuture<Boolean> perform(Job job) {
        UnitName name = UnitName.parse(job.unit());
        if (name == null) {
            return done(false);
        }
        return switch (job.kind()) {
            case START -> start(job, name);
            case RESTART -> restart(job, name);
            case STOP -> stop(job, name);
            case VERIFY_ACTIVE -> done(isUp(job.unit()));
        };
    }

    private CompletableFuture<Boolean> start(Job job, UnitName name) {
        return switch (name.type()) {
            case SOCKET -> startSocket(name);
            case SERVICE -> {
                ServiceInstance instance = instance(name);
                if (instance == null) {
                    yield done(false);
                }
                instance.start(job.cause(), job.noticed());
                yield settled(instance);
            }
            case TARGET -> done(startTarget(job, name));
        };
    }

    private @Nullable ServiceInstance instance(UnitName name) {
        ServiceInstance present = units.service(name);
        return present != null
                ? present
                : units.catalog().service(name).map(units::service).orElse(null);
    }

    private CompletableFuture<Boolean> settled(ServiceInstance instance) {
        return units.await(instance, UnitJobs::isSettled)
                .thenApply(
                        state -> state.isUp() || !instance.view().run().result().isFailure());
    }

    /** Whether a start has come to something that can be told. */
    static boolean isSettled(ServiceState state) {
        return state.isUp() || state.isDown() || state == ServiceState.BACKING_OFF;
    }

    private CompletableFuture<Boolean> startSocket(UnitName name) {
        Optional<SocketUnit> declared = units.catalog().socket(name);
        SocketActivation present = units.socket(name);
        SocketActivation socket =
                present != null ? present : declared.map(units::socket).orElse(null);
        if (socket == null) {
            return done(false);
        }
        socket.start();
        // One that is closed does not meet its conditions, which is no failure.
        return settled(socket).thenApply(state -> state.isOpen() || state == SocketState.CLOSED);
    }

    /** Completes once no command of the socket's has to run any more. */
    private CompletableFuture<SocketState> settled(SocketActivation socket) {
        if (!socket.state().isUnderWay()) {
            return CompletableFuture.completedFuture(socket.state());
        }
        return underWay.computeIfAbsent(socket.name(), name -> new CompletableFuture<>());
    }

    /** A socket has changed its state. */
    void onSocket(SocketActivation socket, SocketState from, SocketState to) {
        CompletableFuture<SocketState> waiting = to.isUnderWay() ? null : underWay.remove(socket.name());
        if (waiting != null) {
            waiting.complete(to);
        }
        followers.onSocket(socket, from, to);
    }

    private boolean startTarget(Job job, UnitName name) {
        Unit declared = declared(job.unit());
        Condition failing = declared instanceof TargetUnit ? ConditionCheck.failing(declared) : null;
        if (failing != null) {
            surroundings.log().note(name, "not started: " + failing + " does not hold");
            return !failing.isAssert();
        }
        targets.start(name, job.cause());
        followers.onTarget(name, true);
        return true;
    }

    private CompletableFuture<Boolean> restart(Job job, UnitName name) {
        ServiceInstance instance = name.type() == UnitType.SERVICE ? units.service(name) : null;
        if (instance != null && !instance.state().isDown()) {
            instance.restart(job.cause());
            return settled(instance);
        }
        SocketActivation socket = units.socket(name);
        if (socket == null) {
            return start(job, name);
        }
        socket.stop(job.cause());
        return settled(socket).thenCompose(state -> start(job, name));
    }

    private CompletableFuture<Boolean> stop(Job job, UnitName name) {
        if (name.type() == UnitType.TARGET) {
            targets.stop(name, job.cause());
            followers.onTarget(name, false);
            return done(true);
        }
        SocketActivation socket = units.socket(name);
        if (socket != null) {
            socket.stop(job.cause());
            return settled(socket).thenApply(state -> true);
        }
        ServiceInstance instance = units.service(name);
        if (instance == null) {
            return done(true);
        }
        instance.stop(job.cause());
        return units.await(instance, ServiceState::isDown).thenApply(state -> true);
    }

    @Override
    public void dependencyFailed(Job job, String culprit) {
        UnitName name = UnitName.parse(job.unit());
        ServiceInstance instance = name == null ? null : instance(name);
        String why = culprit + ", which it needs, did not start; see 'activator status " + culprit + "'";
        if (instance != null) {
            instance.failToStart(why);
        } else if (name != null) {
            surroundings.log().fail(name, "not started: " + why);
        }
    }

    @Override
    public void leftOut(String unit, String what) {
        UnitName name = UnitName.parse(unit);
        if (name != null) {
            surroundings.log().warn(name, what);
        }
    }

    /** In words for the person who asked. */
    static String sentence(String unit, JobEnd end) {
        return switch (end.result()) {
            case DONE -> "";
            case FAILED -> "Starting " + unit + " failed; see 'activator status " + unit + "'.";
            case DEPENDENCY ->
                unit + " was not started: " + end.culprit() + ", which it needs, did not start; see 'activator status "
                        + end.culprit() + "'.";
            case CANCELED -> "The job for " + unit + " was canceled: another one took its place.";
        };
    }

    private static CompletableFuture<Boolean> done(boolean result) {
        return CompletableFuture.completedFuture(result);
    }
}
