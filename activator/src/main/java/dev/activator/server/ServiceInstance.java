package dev.activator.server;

import dev.activator.config.CommandLine;
import dev.activator.config.Condition;
import dev.activator.config.KillDirectives;
import dev.activator.config.RestartPolicy;
import dev.activator.config.ServiceDirectives;
import dev.activator.config.ServiceUnit;
import dev.activator.config.StorePreserve;
import dev.activator.config.TimeoutFailureMode;
import dev.activator.handoff.ExitStatus;
import dev.activator.handoff.NotifyMessage;
import dev.activator.listener.OwnedFd;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The running machine of one service: one instance, one process tree at a time, from its first command to the last process's exit. What
 * it should be ({@link Desired}) is kept apart from what it is ({@link ServiceState}). systemd.service(5).
 */
final class ServiceInstance implements Machine, PhaseCommands.Outcome, Startup.Outcome {
    /** By then a process that was collected has left its cgroup. */
    private static final Duration SETTLED = Duration.ofMillis(5);

    private final Surroundings surroundings;
    private final EventLog log;
    private final ServiceProcesses processes;
    private final ServiceObserver observer;
    private final InstanceTimers timers;
    private final StartGate gate;
    private final Ending ending;
    private final PhaseCommands phaseCommands;
    private final Startup startup;
    private final Supervision supervision;
    private final NextTry nextTry;
    private final FallingAsleep fallingAsleep;
    private final WakeTrace trace;
    private final Doorway door;

    private ServiceUnit unit;
    private Desired desired = Desired.DOWN;
    private ServiceState state = ServiceState.DEAD;
    private ServiceRun run = new ServiceRun();
    private String cause = "";
    private boolean isPutToSleep;
    private Instant since;

    ServiceInstance(
            ServiceUnit unit,
            Surroundings surroundings,
            ServiceProcesses processes,
            Doorway door,
            ServiceObserver observer) {
        this.unit = unit;
        this.surroundings = surroundings;
        this.log = surroundings.log();
        this.processes = processes;
        this.observer = observer;
        this.door = door;
        this.since = surroundings.now();
        this.trace = new WakeTrace(surroundings.loop());
        this.gate = new StartGate(unit);
        this.timers = new InstanceTimers(surroundings.loop(), unit.name());
        this.ending = new Ending(processes, timers, this::allGone);
        this.nextTry = new NextTry(this, gate, log);
        this.phaseCommands = new PhaseCommands(processes, this, nextTry);
        this.startup = new Startup(processes, timers, this, nextTry);
        this.supervision = new Supervision(log, timers, this);
        this.fallingAsleep = new FallingAsleep(this, surroundings.loop(), log, processes, timers, ending, door);
        processes.onExits(this::onMainExit, this::onControlExit);
        processes.onTrouble(text -> log.warn(name(), text));
    }

    /** Wants it up: starts it, lets it start, or starts it again once it is down. {@code noticed}: in the loop's nanoseconds. */
    void start(String why, long noticed) {
        if (state.isGoingDown()) {
            desired = Desired.AGAIN;
            return;
        }
        desired = Desired.UP;
        if (state.isHeldStill()) {
            trace.begin(surroundings.now(), why, noticed);
            fallingAsleep.wake(why);
            trace.mark(WakeTrace.Mark.THAWED);
        } else if (state.isDown() || state == ServiceState.BACKING_OFF) {
            trace.begin(surroundings.now(), why, noticed);
            beginStart(why);
        }
    }

    /** Wants it down: ExecStop=, KillSignal=, FinalKillSignal=, ExecStopPost=, each in its time. */
    void stop(String why) {
        bringDown(Desired.DOWN, why);
    }

    /** Wants it down and up again, whatever Restart= says. */
    void restart(String why) {
        if (state.isDown() || state == ServiceState.BACKING_OFF) {
            start(why, surroundings.nanoTime());
        } else {
            bringDown(Desired.AGAIN, why);
        }
    }

    /** Its way into sleep and out of it. */
    FallingAsleep sleeping() {
        return fallingAsleep;
    }

    /** Whether it is down, or on the way there, only until somebody uses it. */
    boolean isPutToSleep() {
        return isPutToSleep;
    }

    /** A unit that it needs is not up, so that it cannot start; what waited for it is told. */
    void failToStart(String why) {
        if (state == ServiceState.DEAD || state == ServiceState.FAILED || state == ServiceState.BACKING_OFF) {
            run = ServiceRun.without(run);
            gate.failed();
            reject(RunResult.DEPENDENCY, why);
        }
    }

    /** It is not even tried; whoever waits for its connection is told by the end of that. */
    private void reject(RunResult outcome, String why) {
        run.endedWith(outcome);
        desired = Desired.DOWN;
        processes.clear();
        run.complain(log, name(), "not started: " + why);
        enter(ServiceState.FAILED, why);
    }

    @Override
    public void stopsAsleep(SleepOrder order) {
        isPutToSleep = true;
        desired = Desired.DOWN;
        beginStop(order.why());
    }

    @Override
    public void awoke(String why) {
        desired = Desired.UP;
        settleReady(why);
    }

    private void bringDown(Desired wanted, String why) {
        desired = wanted;
        isPutToSleep = false;
        fallingAsleep.forget();
        switch (state) {
            case BACKING_OFF -> {
                processes.clear();
                enter(ServiceState.DEAD, why);
            }
            case PRE_START, STARTING -> terminate(why);
            case POST_START, READY, EXITED, RELOADING, FREEZING, FROZEN -> beginStop(why);
            case DEAD, FAILED, STOPPING, TERMINATING, KILLING, POST_STOP -> {}
        }
    }

    /** Runs ExecReload=, or sends ReloadSignal= under Type=notify-reload; false where the unit has neither or is not ready. */
    boolean reload() {
        boolean canReload = state == ServiceState.READY && ServicePolicy.canReload(unit);
        if (canReload && unit.get(ServiceDirectives.EXEC_RELOAD).isEmpty()) {
            enter(ServiceState.RELOADING, "ReloadSignal= was sent");
            processes.signal(unit.get(ServiceDirectives.RELOAD_SIGNAL), true);
        } else if (canReload) {
            runPhase(ServiceState.RELOADING, unit.get(ServiceDirectives.EXEC_RELOAD));
        }
        return canReload;
    }

    /** Forgets failures, limits and back-off. */
    void resetFailed() {
        gate.reset();
        if (state == ServiceState.FAILED) {
            run.forgive();
            enter(ServiceState.DEAD, "reset by the operator");
        }
    }

    /** Takes a new declaration; what runs goes on as it was started. */
    void redeclare(ServiceUnit declared) {
        unit = declared;
        gate.redeclare(declared);
        processes.redeclare(declared);
    }

    private void beginStart(String why) {
        starting(() -> tryToStart(why));
    }

    /** The last resort: a defect that strikes a start fails it, so that nothing that it holds is held for ever. */
    private void starting(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException defect) {
            if (!state.isStarting() && !state.isDown() && state != ServiceState.BACKING_OFF) {
                throw defect;
            }
            surroundings.report(defect);
            startFailed(RunResult.RESOURCES, "defect: " + defect);
        }
    }

    private void tryToStart(String why) {
        run = ServiceRun.without(run);
        isPutToSleep = false;
        cause = why;
        Condition failing = ConditionCheck.failing(unit);
        if (failing != null) {
            skip(failing);
            return;
        }
        StartGate.Rejection rejection = gate.admit(unit, surroundings.nanoTime());
        if (rejection == null) {
            run = new ServiceRun();
            runPhase(ServiceState.PRE_START, ServicePolicy.beforeStart(unit));
            return;
        }
        reject(rejection.result(), rejection.why());
    }

    /** As systemd does: what does not meet its conditions is not started, and what does not meet its assertions has failed. */
    private void skip(Condition failing) {
        if (failing.isAssert()) {
            reject(RunResult.RESOURCES, failing + " does not hold");
        } else {
            String reason = "not started: " + failing + " does not hold";
            desired = Desired.DOWN;
            log.note(name(), reason);
            cause = reason;
            enter(ServiceState.TERMINATING, reason);
            settle();
        }
    }

    private void runPhase(ServiceState phase, List<CommandLine> commands) {
        if (!commands.isEmpty()) {
            enter(phase, cause);
        }
        phaseCommands.run(phase, commands, run);
    }

    @Override
    public void phaseDone(ServiceState phase) {
        switch (phase) {
            case PRE_START -> {
                trace.mark(WakeTrace.Mark.DECIDED);
                startup.launch(unit);
            }
            case POST_START -> {
                trace.mark(WakeTrace.Mark.READY);
                settleReady(cause);
            }
            case RELOADING -> enter(ServiceState.READY, "reloaded");
            case STOPPING -> terminate(cause);
            case POST_STOP -> settle();
            case DEAD, STARTING, READY, EXITED, FREEZING, FROZEN, TERMINATING, KILLING, BACKING_OFF, FAILED ->
                throw new IllegalStateException("no commands belong to " + phase);
        }
    }

    @Override
    public void phaseFailed(ServiceState phase, RunResult outcome, String what) {
        if (outcome == RunResult.EXEC_CONDITION) {
            log.note(name(), "not started: ExecCondition= says no, " + what);
        } else {
            run.complain(log, name(), ServicePolicy.phrase(phase) + " failed: " + what);
        }
        if (phase == ServiceState.RELOADING) {
            enter(ServiceState.READY, "reload failed");
            return;
        }
        run.endedWith(outcome);
        if (phase == ServiceState.POST_STOP) {
            settle();
        } else {
            terminate(outcome.word());
        }
    }

    @Override
    public void mainLaunched() {
        trace.mark(WakeTrace.Mark.SPAWNED);
        enter(ServiceState.STARTING, cause);
    }

    @Override
    public void mainStarted() {
        run.markStarted();
        trace.mark(WakeTrace.Mark.STARTED);
        runPhase(ServiceState.POST_START, unit.get(ServiceDirectives.EXEC_START_POST));
    }

    @Override
    public void startFailed(RunResult outcome, String why) {
        run.complain(log, name(), "cannot start: " + why + consequence());
        run.endedWith(outcome);
        terminate("failed to start");
    }

    /** What happens next after a failure of the main process, as its message says it. */
    private String consequence() {
        boolean comesBack = unit.get(ServiceDirectives.RESTART) == RestartPolicy.NO && door.exists();
        return comesBack ? ", whoever waits at its socket starts it again after a pause" : "";
    }

    private void settleReady(String why) {
        if (processes.isUp()) {
            enter(ServiceState.READY, why);
            supervision.watch();
        } else {
            mainGone();
        }
    }

    private void onMainExit(ExitStatus status) {
        run.mainExited(status, surroundings.now());
        switch (state) {
            case STARTING -> starting(() -> startup.onMainExit(unit, status));
            case POST_START -> run.endedWith(ServicePolicy.mainResult(unit, status));
            case READY, RELOADING, FREEZING, FROZEN -> {
                fallingAsleep.end();
                run.endedWith(ServicePolicy.mainResult(unit, status));
                if (run.result().isFailure()) {
                    run.complain(log, name(), "main process " + processes.explain(status) + consequence());
                }
                mainGone();
            }
            case STOPPING, TERMINATING, KILLING -> {
                run.endedWith(ServicePolicy.stopResult(unit, status));
                ending.lookIn(state);
            }
            case DEAD, PRE_START, EXITED, POST_STOP, BACKING_OFF, FAILED -> {}
        }
    }

    /** Whether it runs in processes none of which is known as the main one, so that the end of none of them is told: Type=forking. */
    boolean isMainUnknown() {
        boolean runs = state == ServiceState.READY || state == ServiceState.RELOADING || state.isHeldStill();
        return runs && processes.isMainUnknown();
    }

    /** To be asked of one whose main process is unknown whenever some process has ended: without any it has ended, too. */
    void lookWhetherItEnded() {
        noticeEnd();
        if (isMainUnknown() && !state.isHeldStill()) {
            // The last process may leave its cgroup a moment after its exit was told.
            timers.look(SETTLED, this::noticeEnd);
        }
    }

    private void noticeEnd() {
        if (isMainUnknown() && processes.pids().isEmpty()) {
            fallingAsleep.end();
            mainGone();
        }
    }

    private void onControlExit(ExitStatus status) {
        starting(() -> phaseCommands.onExit(unit, run, status));
        ending.lookIn(state);
        if (isMainUnknown()) {
            lookWhetherItEnded();
        }
    }

    private void mainGone() {
        if (run.result().isFailure()) {
            terminate("main process failed");
        } else if (unit.get(ServiceDirectives.REMAIN_AFTER_EXIT)) {
            enter(ServiceState.EXITED, "main process ended");
        } else {
            beginStop("main process ended");
        }
    }

    /**
     * A message on the notify socket from a process of this instance whose word counts by NotifyAccess=.
     *
     * @param fds that came along; what is kept of them is moved
     */
    void onNotify(NotifyMessage message, List<OwnedFd> fds) {
        message.mainPid().ifPresent(this::adoptMain);
        int most = unit.get(ServiceDirectives.FILE_DESCRIPTOR_STORE_MAX);
        processes.stored().heed(message, fds, most, surroundings.loop(), text -> log.warn(name(), text));
        supervision.onNotify(message);
        message.extendTimeout().ifPresent(longer -> timers.extend(longer, this::onOverdue));
    }

    private void adoptMain(int pid) {
        String objection = processes.adoptMain(pid);
        if (!objection.isEmpty()) {
            log.warn(name(), "MAINPID=" + pid + " ignored, " + objection);
        }
    }

    @Override
    public void hangs() {
        enter(ServiceState.TERMINATING, "watchdog");
        timers.limit(ServicePolicy.abortLimit(unit), this::onOverdue);
        ending.abort(unit);
    }

    /** The state has lasted as long as it may. */
    private void onOverdue() {
        if (state == ServiceState.BACKING_OFF) {
            beginStart("restart");
            return;
        }
        log.warn(name(), ServicePolicy.overdue(unit, state));
        if (state == ServiceState.TERMINATING && fallingAsleep.outlivedStop()) {
            return;
        }
        run.endedWith(RunResult.TIMEOUT);
        phaseCommands.abandon();
        switch (state) {
            case READY, RELOADING -> beginStop("time limit");
            case TERMINATING -> {
                if (unit.get(KillDirectives.SEND_SIGKILL)) {
                    enter(ServiceState.KILLING, "stop overdue");
                    ending.kill(unit);
                } else {
                    allGone();
                }
            }
            case KILLING, POST_STOP -> settle();
            case STOPPING -> end(unit.get(ServiceDirectives.TIMEOUT_STOP_FAILURE_MODE));
            default -> end(unit.get(ServiceDirectives.TIMEOUT_START_FAILURE_MODE));
        }
    }

    /** One that took too long. */
    private void end(TimeoutFailureMode mode) {
        switch (mode) {
            case TERMINATE -> terminate("time limit");
            case ABORT -> hangs();
            case KILL -> {
                // What is sent now is FinalKillSignal=; nothing was asked before.
                enter(ServiceState.TERMINATING, "time limit");
                enter(ServiceState.KILLING, "time limit");
                ending.kill(unit);
            }
        }
    }

    private void beginStop(String why) {
        cause = why;
        List<CommandLine> commands = run.isStarted() ? unit.get(ServiceDirectives.EXEC_STOP) : List.of();
        if (!commands.isEmpty()) {
            processes.thaw();
        }
        runPhase(ServiceState.STOPPING, commands);
    }

    private void terminate(String why) {
        cause = why;
        phaseCommands.abandon();
        enter(ServiceState.TERMINATING, why);
        ending.ask(unit, desired == Desired.AGAIN);
    }

    private void allGone() {
        runPhase(ServiceState.POST_STOP, unit.get(ServiceDirectives.EXEC_STOP_POST));
    }

    /** All is over for this run: up again, backing off, failed or dead. */
    private void settle() {
        fallingAsleep.end();
        processes.clear();
        if (run.result().isFailure()) {
            gate.failed();
        } else if (run.isStarted()) {
            gate.succeeded();
        }
        boolean again = desired == Desired.AGAIN;
        boolean restart =
                desired == Desired.UP && !door.isHeld() && ServicePolicy.restarts(unit, run.result(), run.mainStatus());
        desired = again || restart ? Desired.UP : Desired.DOWN;
        if (unit.get(ServiceDirectives.FILE_DESCRIPTOR_STORE_PRESERVE) == StorePreserve.NO) {
            processes.stored().close();
        }
        if (again) {
            trace.begin(surroundings.now(), "restart", surroundings.nanoTime());
            beginStart("restart");
        } else if (restart) {
            nextTry.restartLater();
        } else {
            if (unit.get(ServiceDirectives.FILE_DESCRIPTOR_STORE_PRESERVE) != StorePreserve.YES) {
                processes.stored().close();
            }
            enter(run.result().isFailure() ? ServiceState.FAILED : ServiceState.DEAD, cause);
        }
    }

    /** The only writer of the state; sets the timer that the state declares. */
    @Override
    public void enter(ServiceState next, String why) {
        ServiceState from = state;
        Transitions.check(log, name(), from.successors(), from, next);
        log.transition(name(), from.subState(), next.subState(), why);
        state = next;
        since = surroundings.now();
        if (next != ServiceState.READY) {
            timers.endWatchdog();
        }
        timers.limit(ServicePolicy.limit(unit, next, gate.suspension()), this::onOverdue);
        tell(from, next);
    }

    /** Whatever goes wrong with those who are told is theirs; the machine goes on. */
    private void tell(ServiceState from, ServiceState next) {
        try {
            observer.onServiceState(this, from, next);
        } catch (RuntimeException defect) {
            surroundings.report(defect);
        }
    }

    @Override
    public ServiceUnit unit() {
        return unit;
    }

    @Override
    public ServiceState state() {
        return state;
    }

    @Override
    public ServiceRun run() {
        return run;
    }

    ServiceProcesses processes() {
        return processes;
    }

    /** How long its latest start took, in microseconds; negative where there was none. */
    long lastWakeMicros() {
        return trace.totalMicros();
    }

    InstanceView view() {
        return new InstanceView(
                state,
                run,
                cause,
                since,
                nextTry.at(since),
                gate.suspension(),
                nextTry.restarts(),
                fallingAsleep.account(),
                trace.report());
    }
}
