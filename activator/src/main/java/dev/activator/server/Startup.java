package dev.activator.server;

import dev.activator.config.CommandLine;
import dev.activator.config.ServiceDirectives;
import dev.activator.config.ServiceType;
import dev.activator.config.ServiceUnit;
import dev.activator.handoff.ExitStatus;
import dev.activator.handoff.LaunchFailure;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Brings the main process up: launches ExecStart= and knows, by Type=, when it counts as started. */
final class Startup {
    /** Who is told. */
    interface Outcome {
        /** A process of ExecStart= runs, and is to be waited for. */
        void mainLaunched();

        /** By its Type= the service is started. */
        void mainStarted();

        void startFailed(RunResult outcome, String why);
    }

    private final ServiceProcesses processes;
    private final InstanceTimers timers;
    private final Outcome outcome;
    private final NextTry nextTry;
    private Iterator<CommandLine> waiting = Collections.emptyIterator();
    private @Nullable CommandLine current;

    Startup(ServiceProcesses processes, InstanceTimers timers, Outcome outcome, NextTry nextTry) {
        this.processes = processes;
        this.timers = timers;
        this.outcome = outcome;
        this.nextTry = nextTry;
    }

    void launch(ServiceUnit unit) {
        waiting = unit.get(ServiceDirectives.EXEC_START).iterator();
        goOn(unit.get(ServiceDirectives.TYPE));
    }

    private void launchNext(ServiceType type) {
        CommandLine command = waiting.next();
        current = command;
        try {
            processes.launchMain(command);
        } catch (LaunchFailure failure) {
            if (command.ignoreFailure() && type == ServiceType.ONESHOT && !failure.isPassing()) {
                goOn(type);
            } else if (!nextTry.retriesLater(ServiceState.STARTING, failure)) {
                outcome.startFailed(
                        command.ignoreFailure() ? RunResult.SUCCESS : ServicePolicy.launchResult(failure),
                        String.valueOf(failure.getMessage()));
            }
            return;
        }
        outcome.mainLaunched();
        switch (type) {
            case SIMPLE, IDLE -> outcome.mainStarted();
            case EXEC -> awaitExec();
            case NOTIFY, NOTIFY_RELOAD, FORKING, ONESHOT, DBUS -> {}
        }
    }

    private void awaitExec() {
        if (processes.hasExecuted()) {
            outcome.mainStarted();
        } else {
            timers.look(Duration.ofMillis(1), this::awaitExec);
        }
    }

    /** The main process ended before it counted as started. */
    void onMainExit(ServiceUnit unit, ExitStatus status) {
        RunResult result = ServicePolicy.mainResult(unit, status, current);
        if (result.isFailure()) {
            outcome.startFailed(result, "main process " + status);
            return;
        }
        ServiceType type = unit.get(ServiceDirectives.TYPE);
        switch (type) {
            case ONESHOT -> goOn(type);
            case FORKING -> awaitDaemon();
            case NOTIFY, NOTIFY_RELOAD, DBUS ->
                outcome.startFailed(RunResult.PROTOCOL, "main process ended before it said READY=1 (Type=notify)");
            case SIMPLE, EXEC, IDLE -> outcome.mainStarted();
        }
    }

    private void goOn(ServiceType type) {
        if (!waiting.hasNext()) {
            outcome.mainStarted();
        } else {
            launchNext(type);
        }
    }

    /** Type=forking: the parent has exited; the file that PIDFile= names may take a moment more. */
    private void awaitDaemon() {
        switch (processes.adoptDaemon()) {
            case ADOPTED -> outcome.mainStarted();
            case NOT_YET -> timers.look(Duration.ofMillis(5), this::awaitDaemon);
            case GONE ->
                outcome.startFailed(RunResult.PROTOCOL, "no process is left after the parent exited (Type=forking)");
        }
    }
}
