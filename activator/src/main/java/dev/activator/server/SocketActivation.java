package dev.activator.server;

import dev.activator.config.ActivatorDirectives;
import dev.activator.config.CommandLine;
import dev.activator.config.Condition;
import dev.activator.config.Directive;
import dev.activator.config.FailureMode;
import dev.activator.config.SocketDirectives;
import dev.activator.config.SocketUnit;
import dev.activator.config.UnitName;
import dev.activator.listener.Accepted;
import dev.activator.listener.BindFailure;
import dev.activator.listener.Listener;
import dev.activator.listener.Loop;
import dev.activator.listener.QueueContent;
import dev.activator.listener.Readiness;
import dev.activator.listener.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The running machine of one socket unit: opens its listeners, watches them, and wakes the service that owns them. It never accepts a
 * connection of an {@code Accept=no} unit and, but under {@code FailureMode=systemd}, never gives up a listener because of what a
 * client or a service did. systemd.socket(5).
 */
final class SocketActivation implements Admission.Door, SocketHoldings.Owner {
    private final SocketParts parts;
    private final Wakeable target;
    private final SocketHoldings holdings;
    private SocketUnit unit;
    private SocketState state = SocketState.CLOSED;
    private RunResult result = RunResult.SUCCESS;
    /** Nanoseconds since 1970. */
    private long since;

    private String cause = "";
    private long triggers;
    private @Nullable Timer timer;
    private @Nullable Attendance attendance;
    private @Nullable SocketCommands commands;
    /** Where a bind has failed. */
    private @Nullable Backoff rebind;

    SocketActivation(SocketUnit unit, SocketParts parts, Wakeable target) {
        this.unit = unit;
        this.parts = parts;
        this.target = target;
        this.since = nanos(parts.surroundings().now());
        this.holdings = new SocketHoldings(parts, this);
        if (Attendance.isNeededAtOnce(unit)) {
            attendance();
        }
    }

    private static long nanos(Instant instant) {
        return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
    }

    private EventLog log() {
        return parts.surroundings().log();
    }

    private Loop loop() {
        return parts.surroundings().loop();
    }

    private Attendance attendance() {
        Attendance present = attendance;
        if (present == null) {
            present = new Attendance(unit, parts.surroundings(), parts.reception(), this);
            attendance = present;
        }
        return present;
    }

    private SocketCommands commands() {
        SocketCommands present = commands;
        if (present == null) {
            present = parts.commands().get();
            commands = present;
        }
        return present;
    }

    /** Opens and watches the listeners; where a bind fails for a reason that may pass it is tried again until it succeeds. */
    void start() {
        if (state.isOpen() || state.isUnderWay()) {
            return;
        }
        result = RunResult.SUCCESS;
        rebind = null;
        Condition failing = ConditionCheck.failing(unit);
        if (failing != null) {
            skip(failing);
        } else if (hasCommands(SocketDirectives.EXEC_START_PRE)) {
            enter(SocketState.START_PRE, "started");
            commands().run(unit, SocketDirectives.EXEC_START_PRE, List::of, this::prepared);
        } else {
            open();
        }
    }

    private boolean hasCommands(Directive<List<CommandLine>> row) {
        return !unit.get(row).isEmpty();
    }

    private void prepared(SocketCommands.End end) {
        if (end.isFailure()) {
            commandFailed("ExecStartPre=", end);
        } else {
            open();
        }
    }

    private void commandFailed(String setting, SocketCommands.End end) {
        note(setting, end);
        enter(SocketState.FAILED, setting + " failed");
    }

    private void note(String setting, SocketCommands.End end) {
        if (end.isFailure()) {
            result = end.result();
            log().fail(name(), setting + " failed: " + end.failure());
        }
    }

    private void skip(Condition failing) {
        String reason = "not started: " + failing + " does not hold";
        if (failing.isAssert()) {
            result = RunResult.RESOURCES;
            log().fail(name(), reason);
            enter(SocketState.FAILED, reason);
        } else {
            log().note(name(), reason);
            cause = reason;
        }
    }

    /** Closes the listeners; running services keep theirs. */
    void stop(String why) {
        boolean isEnding = state == SocketState.STOP_PRE || state == SocketState.STOP_POST;
        if (state == SocketState.CLOSED || isEnding) {
            return;
        }
        if (commands != null) {
            commands.abandon();
        }
        log().note(name(), "stopped listening, " + why);
        boolean wasOpen = state.isOpen();
        if (wasOpen && hasCommands(SocketDirectives.EXEC_STOP_PRE)) {
            enter(SocketState.STOP_PRE, why);
            commands().run(unit, SocketDirectives.EXEC_STOP_PRE, this::listeners, end -> close(why, end));
        } else if (wasOpen) {
            close(why, SocketCommands.End.WELL);
        } else {
            enter(SocketState.CLOSED, why);
        }
    }

    private void close(String why, SocketCommands.End end) {
        note("ExecStopPre=", end);
        if (hasCommands(SocketDirectives.EXEC_STOP_POST)) {
            enter(SocketState.STOP_POST, why);
            commands().run(unit, SocketDirectives.EXEC_STOP_POST, List::of, this::closed);
        } else {
            closed(SocketCommands.End.WELL);
        }
    }

    private void closed(SocketCommands.End end) {
        note("ExecStopPost=", end);
        enter(result.isFailure() ? SocketState.FAILED : SocketState.CLOSED, cause);
    }

    /** Forgets an earlier failure; a failed unit is closed, not started. */
    void resetFailed() {
        if (attendance != null) {
            attendance.rules().resetLimits();
        }
        result = RunResult.SUCCESS;
        if (state == SocketState.FAILED) {
            enter(SocketState.CLOSED, "reset by the operator");
        } else if (state.isSuspended()) {
            enter(SocketState.LISTENING, "reset by the operator");
        }
    }

    /** Takes the unit's new declaration; listeners whose address stays keep their file descriptor and queue. */
    void reload(SocketUnit declared) {
        unit = declared;
        if (attendance != null) {
            attendance.redeclare(declared);
        } else if (Attendance.isNeededAtOnce(declared)) {
            attendance();
        }
        if (!state.isOpen()) {
            if (state == SocketState.UNBOUND) {
                open();
            }
            return;
        }
        try {
            holdings.reopen(declared, state);
            reportWarnings();
        } catch (BindFailure failure) {
            log().fail(name(), failure.getMessage() + ", keeping what was open before");
        }
    }

    private void open() {
        try {
            holdings.open(unit);
        } catch (BindFailure failure) {
            bindFailed(failure);
            return;
        }
        rebind = null;
        reportWarnings();
        if (hasCommands(SocketDirectives.EXEC_START_POST)) {
            enter(SocketState.START_POST, "opened");
            commands().run(unit, SocketDirectives.EXEC_START_POST, this::listeners, this::opened);
        } else {
            opened(SocketCommands.End.WELL);
        }
    }

    private void opened(SocketCommands.End end) {
        if (end.isFailure()) {
            commandFailed("ExecStartPost=", end);
            return;
        }
        SocketState next = !takesConnections() && target.isOccupied() ? SocketState.TRIGGERED : SocketState.LISTENING;
        log().note(name(), "listening on " + holdings.addresses());
        enter(next, "started");
    }

    private void bindFailed(BindFailure failure) {
        result = RunResult.RESOURCES;
        if (!failure.mayHeal()) {
            log().fail(name(), failure.getMessage() + ", not retried; mend the unit and start it again");
            enter(SocketState.FAILED, String.valueOf(failure.getMessage()));
            return;
        }
        Backoff backoff = rebind == null ? new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1)) : rebind;
        rebind = backoff;
        Duration delay = backoff.next();
        if (backoff.failures() == 1) {
            log().fail(name(), failure.getMessage() + ", trying again until it succeeds");
        }
        enter(SocketState.UNBOUND, String.valueOf(failure.getMessage()));
        arm(delay, "retry of a bind", this::open);
    }

    private void reportWarnings() {
        for (Listener listener : listeners()) {
            listener.warnings().forEach(warning -> log().warn(name(), warning));
        }
    }

    @Override
    public void onReady(Listener listener, Readiness readiness) {
        if (readiness.hangup() && listener.isConnectionOriented()) {
            log().warn(
                            name(),
                            "somebody called shutdown() on the shared listener " + listener.address()
                                    + ", opening it anew");
            enter(SocketState.UNBOUND, "shutdown() on the listener");
            open();
            return;
        }
        if (state == SocketState.REFUSING) {
            attendance().admission().turnAwaySome(listener);
            return;
        }
        Obstacle obstacle = attendance().rules().gate().obstacle();
        if (obstacle != null) {
            suspend(obstacle);
        } else if (takesConnections()) {
            attendance().admission().acceptSome(listener);
        } else if (hasFirstByte(listener)) {
            countTrigger();
            wake("connection on " + listener.address());
        }
    }

    private boolean hasFirstByte(Listener listener) {
        FirstBytes firstBytes = attendance().firstBytes();
        QueueContent content = firstBytes.look(unit, listener, attendance().admission());
        if (content == QueueContent.SILENT) {
            enter(SocketState.QUIET, "who is connected says nothing");
            Runnable look = () -> enter(SocketState.LISTENING, "looking for a first byte");
            arm(firstBytes.untilNextLook(), "look for a first byte", look);
        }
        return content == QueueContent.BYTES;
    }

    private void wake(String why) {
        target.stir();
        attendance().rules().vainRuns().woken(listeners(), loop().nanoTime());
        enter(SocketState.TRIGGERED, why);
        if (!target.wake(this, why, loop().nanoTime())) {
            suspend(attendance().resting().noService(unit.service()));
        }
    }

    @Override
    public boolean isOpen() {
        Obstacle tooFast =
                state == SocketState.LISTENING ? attendance().rules().gate().tooFast() : null;
        if (tooFast != null) {
            suspend(tooFast);
        } else if (state == SocketState.LISTENING && unit.isPassing() && !target.hasRoom(this)) {
            enter(SocketState.FULL, "as many connections wait as WorkerBacklog= allows");
        }
        return state == SocketState.LISTENING;
    }

    @Override
    public void full() {
        enter(SocketState.FULL, "MaxConnections= reached");
    }

    @Override
    public void cannotAccept(String why) {
        suspend(attendance().resting().shortage(why));
    }

    @Override
    public boolean serve(Listener listener, Accepted.Connection connection) {
        countTrigger();
        if (target.serve(this, listener, connection, loop().nanoTime())) {
            attendance().resting().healed();
            return true;
        }
        if (state.isOpen()) {
            suspend(attendance().resting().noService(unit.service()));
        }
        return false;
    }

    /** The instance that served a connection is gone; the count of its source falls. */
    void connectionEnded(String source) {
        attendance().admission().connectionEnded(source);
        if (isFull() && (!unit.isPassing() || target.hasRoom(this))) {
            enter(SocketState.LISTENING, "a connection ended");
        }
    }

    /** A worker can be passed more. */
    void roomAgain() {
        if (isFull() && !attendance().admission().isFull()) {
            enter(SocketState.LISTENING, "a worker has room");
        }
    }

    /** Whether clients wait since no more may be taken just now. */
    boolean isFull() {
        return state == SocketState.FULL;
    }

    /** No worker runs, and one that was started has failed; {@code rest} is how long the service wants to be left alone. */
    void workersFailed(RunResult outcome, Duration rest) {
        if (state == SocketState.LISTENING || state == SocketState.FULL) {
            SuspensionCause why =
                    outcome == RunResult.START_LIMIT_HIT ? SuspensionCause.START_LIMIT : SuspensionCause.SERVICE_FAILED;
            suspend(new Obstacle(why, rest, "the service failed (" + outcome.word() + ")"));
        }
    }

    /** An operator has ordered something, or lifted it. What the service has taken, and a service that is up, stays. */
    void heedOrders() {
        switch (state) {
            case LISTENING, QUIET, FULL, REFUSING -> {
                if (target.isHeld()) {
                    enter(SocketState.HELD, "an operator's order");
                }
            }
            case HELD -> {
                if (!target.isHeld()) {
                    enter(SocketState.LISTENING, "the operator's order was lifted");
                }
            }
            case CLOSED, UNBOUND, TRIGGERED, SUSPENDED, FAILED, START_PRE, START_POST, STOP_PRE, STOP_POST -> {}
        }
    }

    private void countTrigger() {
        triggers++;
        attendance().rules().gate().count();
    }

    private void fail(RunResult outcome, String why) {
        result = outcome;
        log().fail(name(), why + ", closing the listeners as FailureMode=systemd asks");
        enter(SocketState.FAILED, why);
    }

    /** Rests: the listeners stay open, and what becomes of clients is up to WhileSuspended=. */
    private void suspend(Obstacle obstacle) {
        if (obstacle.cause() == SuspensionCause.TRIGGER_LIMIT && isSystemd()) {
            fail(RunResult.TRIGGER_LIMIT_HIT, obstacle.why());
            return;
        }
        boolean holds = attendance().admission().holdsWhileSuspended()
                || !obstacle.cause().canAnswer()
                || target.isHeld();
        attendance().resting().begin(obstacle, holds ? "clients wait in the queue" : "clients are turned away");
        SocketState next = holds ? SocketState.SUSPENDED : SocketState.REFUSING;
        if (state != next) {
            enter(next, obstacle.why());
        }
        arm(obstacle.delay(), "resuming " + name(), this::resume);
    }

    /** What still stands in the way goes on doing so without letting anybody in between. */
    private void resume() {
        Obstacle obstacle = attendance().rules().gate().obstacle();
        if (obstacle != null && attendance().resting().wasFor(obstacle.cause())) {
            suspend(obstacle);
        } else {
            enter(SocketState.LISTENING, "resumed");
        }
    }

    /** The service of an {@code Accept=no} unit has changed its state; {@code rest} is how long a failed one wants to be left alone. */
    void onServiceState(ServiceState service, RunResult outcome, Duration rest) {
        if (!state.isOpen() || state.isUnderWay() || takesConnections()) {
            return;
        }
        if (!service.isAsleep()) {
            if (state != SocketState.TRIGGERED) {
                enter(SocketState.TRIGGERED, "the service is " + service.subState());
            }
        } else if (state == SocketState.TRIGGERED) {
            serviceEnded(service, outcome, rest);
        }
    }

    private void serviceEnded(ServiceState service, RunResult outcome, Duration rest) {
        if (service.isDown() && unit.get(SocketDirectives.FLUSH_PENDING)) {
            listeners().forEach(Listener::discardQueued);
        }
        if (isSystemd() && outcome == RunResult.START_LIMIT_HIT) {
            fail(RunResult.SERVICE_START_LIMIT_HIT, "the service hit its start limit (StartLimitBurst=)");
        } else if (!rest.isZero() && service == ServiceState.FAILED) {
            SuspensionCause why =
                    outcome == RunResult.START_LIMIT_HIT ? SuspensionCause.START_LIMIT : SuspensionCause.SERVICE_FAILED;
            suspend(new Obstacle(why, rest, "the service failed (" + outcome.word() + ")"));
        } else {
            enter(SocketState.LISTENING, "the service is " + service.subState());
            if (service == ServiceState.DEAD && !isSystemd()) {
                Obstacle inVain = attendance().rules().vainRuns().ended(listeners(), loop().nanoTime());
                if (inVain != null) {
                    suspend(inVain);
                } else if (!attendance().rules().vainRuns().isSuspicious()) {
                    attendance().resting().healed();
                }
            }
        }
    }

    /** The only writer of the state; makes the listeners, watches and timer what the state declares. */
    private void enter(SocketState wanted, String why) {
        SocketState next = wanted == SocketState.LISTENING && target.isHeld() ? SocketState.HELD : wanted;
        SocketState from = state;
        Transitions.check(log(), name(), state.successors(), state, next);
        log().transition(name(), state.subState(), next.subState(), why);
        state = next;
        cause = why;
        since = nanos(target.now());
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        if (!next.isOpen()) {
            // One that is opened anew keeps whom it has accepted.
            if (attendance != null && next != SocketState.UNBOUND) {
                attendance.admission().close();
            }
            target.drop(this);
        }
        holdings.become(from, next);
        target.onSocketState(this, from, next);
    }

    private void arm(Duration delay, String purpose, Runnable task) {
        if (timer != null) {
            timer.cancel();
        }
        timer = loop().after(delay, purpose, task);
    }

    private boolean isSystemd() {
        return unit.get(ActivatorDirectives.FAILURE_MODE) == FailureMode.SYSTEMD;
    }

    private boolean takesConnections() {
        return unit.takesConnections();
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
        return Instant.ofEpochSecond(0, since);
    }

    String cause() {
        return cause;
    }

    /** Why it rests; null where it does not. */
    @Nullable
    Suspension suspension() {
        return state.isSuspended() ? attendance().resting().last() : null;
    }

    long triggers() {
        return triggers;
    }

    List<Listener> listeners() {
        return holdings.listeners();
    }

    ConnectionLedger connections() {
        return attendance == null ? new ConnectionLedger() : attendance.connections();
    }
}
