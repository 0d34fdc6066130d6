package dev.activator.server;

import dev.activator.config.AccessDirectives;
import dev.activator.config.ActivatorDirectives;
import dev.activator.config.FailureMode;
import dev.activator.config.SocketDirectives;
import dev.activator.config.SocketUnit;
import dev.activator.config.TimeSpan;
import dev.activator.config.Treatment;
import dev.activator.config.UnitName;
import dev.activator.listener.Accepted;
import dev.activator.listener.BindFailure;
import dev.activator.listener.Listener;
import dev.activator.listener.ListenerRegistry;
import dev.activator.listener.Loop;
import dev.activator.listener.Readiness;
import dev.activator.listener.Timer;
import dev.activator.listener.Watch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The running machine of one socket unit: opens its listeners, watches them, and wakes the service that owns them. It never accepts a
 * connection of an {@code Accept=no} unit and, but under {@code FailureMode=systemd}, never gives up a listener because of what a
 * client or a service did. systemd.socket(5).
 */
final class SocketActivation {
    /** Connections accepted before the loop gets to see anything else. */
    private static final int ACCEPTS_PER_TURN = 64;

    private final Loop loop;
    private final EventLog log;
    private final ListenerRegistry registry;
    private final Wakeable target;
    private final Backoff rebind = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));
    private final Backoff shortage = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(5));
    private final Backoff missing = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));
    private final ConnectionLedger connections = new ConnectionLedger();

    private SocketUnit unit;
    private RateLimit triggerLimit;
    private SocketState state = SocketState.CLOSED;
    private RunResult result = RunResult.SUCCESS;
    private Instant since;
    private String cause = "";
    private long triggers;
    private List<Listener> listeners = List.of();
    private final List<Watch> watches = new ArrayList<>();
    private @Nullable Timer timer;
    private @Nullable Instant resumesAt;

    SocketActivation(SocketUnit unit, Surroundings surroundings, ListenerRegistry registry, Wakeable target) {
        this.unit = unit;
        this.loop = surroundings.loop();
        this.log = surroundings.log();
        this.registry = registry;
        this.target = target;
        this.since = surroundings.now();
        this.triggerLimit = Limits.trigger(unit);
    }

    /** Opens and watches the listeners; where a bind fails for a reason that may pass it is tried again until it succeeds. */
    void start() {
        if (state.isOpen()) {
            return;
        }
        result = RunResult.SUCCESS;
        rebind.reset();
        open();
    }

    /** Closes the listeners; running services keep theirs. */
    void stop(String why) {
        if (state != SocketState.CLOSED) {
            log.note(name(), "stopped listening, " + why);
            enter(SocketState.CLOSED, why);
        }
    }

    /** Forgets an earlier failure; a failed unit is closed, not started. */
    void resetFailed() {
        triggerLimit.reset();
        result = RunResult.SUCCESS;
        if (state == SocketState.FAILED) {
            enter(SocketState.CLOSED, "reset by the operator");
        } else if (state == SocketState.PAUSED) {
            enter(SocketState.LISTENING, "reset by the operator");
        }
    }

    /** Takes the unit's new declaration; listeners whose address stays keep their file descriptor and queue. */
    void reload(SocketUnit declared) {
        unit = declared;
        triggerLimit = Limits.trigger(declared);
        if (!state.isOpen()) {
            if (state == SocketState.UNBOUND) {
                open();
            }
            return;
        }
        try {
            unwatch();
            listeners = registry.reopen(declared, listeners);
            listeners.forEach(this::reportWarnings);
            if (state.isWatched()) {
                watch();
            }
        } catch (BindFailure failure) {
            log.fail(name(), failure.getMessage() + ", keeping what was open before");
            if (state.isWatched()) {
                watch();
            }
        }
    }

    private void open() {
        try {
            listeners = registry.open(unit);
        } catch (BindFailure failure) {
            bindFailed(failure);
            return;
        }
        rebind.reset();
        listeners.forEach(this::reportWarnings);
        SocketState next = !isPerConnection() && target.isOccupied() ? SocketState.TRIGGERED : SocketState.LISTENING;
        log.note(name(), "listening on " + String.join(", ", addresses()));
        enter(next, "started");
    }

    private void bindFailed(BindFailure failure) {
        result = RunResult.RESOURCES;
        if (!failure.mayHeal()) {
            log.fail(name(), failure.getMessage() + ", not retried; mend the unit and start it again");
            enter(SocketState.FAILED, String.valueOf(failure.getMessage()));
            return;
        }
        Duration delay = rebind.next();
        if (rebind.failures() == 1) {
            log.fail(name(), failure.getMessage() + ", trying again until it succeeds");
        }
        enter(SocketState.UNBOUND, String.valueOf(failure.getMessage()));
        arm(delay, "retry of a bind", this::open);
    }

    private void reportWarnings(Listener listener) {
        listener.warnings().forEach(warning -> log.warn(name(), warning));
    }

    private void onReady(Listener listener, Readiness readiness) {
        if (readiness.hangup() && listener.isConnectionOriented()) {
            log.warn(
                    name(),
                    "somebody called shutdown() on the shared listener " + listener.address() + ", opening it anew");
            enter(SocketState.UNBOUND, "shutdown() on the listener");
            open();
            return;
        }
        if (isPerConnection()) {
            acceptSome(listener);
        } else if (admitTrigger()) {
            wake("connection on " + listener.address());
        }
    }

    private void wake(String why) {
        triggers++;
        enter(SocketState.TRIGGERED, why);
        if (!target.wake(this, why, loop.nanoTime())) {
            pause(missing.next(), "no service " + unit.service() + " is loaded, clients wait in the queue");
        }
    }

    private void acceptSome(Listener listener) {
        for (int i = 0; i < ACCEPTS_PER_TURN && state == SocketState.LISTENING; i++) {
            boolean refusesOverLimit = !unit.get(AccessDirectives.ON_LIMIT).equals(Treatment.HOLD);
            boolean full = connections.count() >= unit.get(SocketDirectives.MAX_CONNECTIONS);
            if (full && !refusesOverLimit) {
                enter(SocketState.FULL, "MaxConnections= reached");
                return;
            }
            if (!admitTrigger() || !acceptOne(listener, full)) {
                return;
            }
        }
    }

    /** False where there is nothing more to accept now. */
    private boolean acceptOne(Listener listener, boolean full) {
        Accepted accepted = listener.accept();
        if (accepted instanceof Accepted.Connection connection) {
            shortage.reset();
            admit(listener, connection, full);
            return true;
        }
        if (accepted instanceof Accepted.Shortage lack) {
            pause(shortage.next(), "cannot accept: " + lack.errno() + ", clients wait in the queue");
            return false;
        }
        if (accepted instanceof Accepted.Broken broken) {
            pause(shortage.next(), "cannot accept: " + broken.errno() + ", trying again");
            return false;
        }
        return accepted instanceof Accepted.PeerGone;
    }

    private void admit(Listener listener, Accepted.Connection connection, boolean full) {
        String source = connection.peer().sourceKey();
        int perSource = unit.get(SocketDirectives.MAX_CONNECTIONS_PER_SOURCE);
        if (full) {
            refuse(connection, "MaxConnections=" + unit.get(SocketDirectives.MAX_CONNECTIONS) + " reached");
        } else if (perSource > 0 && connections.count(source) >= perSource) {
            refuse(connection, "MaxConnectionsPerSource=" + perSource + " reached by " + source);
        } else {
            serve(listener, connection, source);
        }
    }

    private void serve(Listener listener, Accepted.Connection connection, String source) {
        triggers++;
        connections.opened(source);
        if (target.serve(this, listener, connection, loop.nanoTime())) {
            missing.reset();
        } else {
            connections.ended(source);
            pause(missing.next(), "no service " + unit.service() + " is loaded, clients wait in the queue");
        }
    }

    private void refuse(Accepted.Connection connection, String reason) {
        connection.fd().close();
        if (connections.refused(reason)) {
            log.warn(name(), "refusing connections: " + reason + "; said once until one is admitted again");
        }
    }

    /** The instance that served a connection is gone; the count of its source falls. */
    void connectionEnded(String source) {
        connections.ended(source);
        if (state == SocketState.FULL) {
            enter(SocketState.LISTENING, "a connection ended");
        }
    }

    private boolean admitTrigger() {
        long now = loop.nanoTime();
        if (triggerLimit.admit(now)) {
            return true;
        }
        String limit = "trigger limit reached (TriggerLimitBurst=, TriggerLimitIntervalSec=)";
        if (unit.get(ActivatorDirectives.FAILURE_MODE) == FailureMode.SYSTEMD) {
            fail(RunResult.TRIGGER_LIMIT_HIT, limit);
        } else {
            pause(triggerLimit.untilNextWindow(now), limit + ", clients wait in the queue");
        }
        return false;
    }

    private void fail(RunResult outcome, String why) {
        result = outcome;
        log.fail(name(), why + ", closing the listeners as FailureMode=systemd asks");
        enter(SocketState.FAILED, why);
    }

    private void pause(Duration delay, String why) {
        log.warn(name(), why + ", resuming in " + TimeSpan.format(delay));
        enter(SocketState.PAUSED, why);
        resumesAt = target.now().plus(delay);
        arm(delay, "resuming " + name(), () -> enter(SocketState.LISTENING, "resumed"));
    }

    /** The service of an {@code Accept=no} unit has changed its state; {@code suspension} is how long a failed one wants to be left alone. */
    void onServiceState(ServiceState service, RunResult outcome, Duration suspension) {
        if (!state.isOpen() || isPerConnection()) {
            return;
        }
        if (!service.isAsleep()) {
            if (state != SocketState.TRIGGERED) {
                enter(SocketState.TRIGGERED, "the service is " + service.subState());
            }
        } else if (state == SocketState.TRIGGERED) {
            serviceEnded(service, outcome, suspension);
        }
    }

    private void serviceEnded(ServiceState service, RunResult outcome, Duration suspension) {
        if (service.isDown() && unit.get(SocketDirectives.FLUSH_PENDING)) {
            listeners.forEach(Listener::discardQueued);
        }
        boolean systemd = unit.get(ActivatorDirectives.FAILURE_MODE) == FailureMode.SYSTEMD;
        if (systemd && outcome == RunResult.START_LIMIT_HIT) {
            fail(RunResult.SERVICE_START_LIMIT_HIT, "the service hit its start limit (StartLimitBurst=)");
        } else if (!suspension.isZero() && service == ServiceState.FAILED) {
            pause(suspension, "the service failed (" + outcome.word() + "), the listener stays open and clients wait");
        } else {
            enter(SocketState.LISTENING, "the service is " + service.subState());
        }
    }

    /** The only writer of the state; makes the listeners, watches and timer what the state declares. */
    private void enter(SocketState next, String why) {
        Transitions.check(log, name(), state.successors(), state, next);
        log.trace(name(), state.subState() + " -> " + next.subState() + " (" + why + ")");
        state = next;
        cause = why;
        since = target.now();
        resumesAt = null;
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        if (!next.isWatched()) {
            unwatch();
        }
        if (!next.isOpen()) {
            listeners.forEach(Listener::close);
            listeners = List.of();
        }
        if (next.isWatched() && watches.isEmpty()) {
            watch();
        }
    }

    private void arm(Duration delay, String purpose, Runnable task) {
        timer = loop.after(delay, purpose, task);
    }

    private void watch() {
        for (Listener listener : listeners) {
            watches.add(loop.watch(listener.fd(), readiness -> onReady(listener, readiness)));
        }
    }

    private void unwatch() {
        watches.forEach(Watch::cancel);
        watches.clear();
    }

    private boolean isPerConnection() {
        return unit.get(SocketDirectives.ACCEPT);
    }

    private List<String> addresses() {
        return listeners.stream().map(Listener::address).toList();
    }

    UnitName name() {
        return unit.name();
    }

    SocketUnit unit() {
        return unit;
    }

    SocketState state() {
        return state;
    }

    RunResult result() {
        return result;
    }

    Instant since() {
        return since;
    }

    String cause() {
        return cause;
    }

    @Nullable
    Instant resumesAt() {
        return resumesAt;
    }

    long triggers() {
        return triggers;
    }

    List<Listener> listeners() {
        return listeners;
    }

    ConnectionLedger connections() {
        return connections;
    }
}
