package dev.activator.server;

import dev.activator.config.CommandLine;
import dev.activator.config.ServiceUnit;
import dev.activator.handoff.ExitStatus;
import dev.activator.handoff.LaunchFailure;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs the commands of one phase (ExecStartPre= and its like) one after another, until the last succeeds or one fails. */
final class PhaseCommands {
    /** Who is told how a phase went. */
    interface Outcome {
        void phaseDone(ServiceState phase);

        void phaseFailed(ServiceState phase, RunResult outcome, String what);
    }

    private final ServiceProcesses processes;
    private final Outcome outcome;
    private final NextTry nextTry;
    private Iterator<CommandLine> waiting = Collections.emptyIterator();
    private @Nullable CommandLine current;
    private ServiceState phase = ServiceState.DEAD;

    PhaseCommands(ServiceProcesses processes, Outcome outcome, NextTry nextTry) {
        this.processes = processes;
        this.outcome = outcome;
        this.nextTry = nextTry;
    }

    void run(ServiceState newPhase, List<CommandLine> commands, ServiceRun run) {
        phase = newPhase;
        waiting = commands.iterator();
        next(run);
    }

    /** Forgets what has not run yet; the process that runs is the caller's to end. */
    void abandon() {
        waiting = Collections.emptyIterator();
        current = null;
    }

    /** The control process has ended; nothing happens where its phase was abandoned. */
    void onExit(ServiceUnit unit, ServiceRun run, ExitStatus status) {
        CommandLine command = current;
        if (command != null) {
            ended(ServicePolicy.commandResult(unit, command, status), "'" + command + "' " + status, run);
        }
    }

    private void next(ServiceRun run) {
        if (!waiting.hasNext()) {
            current = null;
            outcome.phaseDone(phase);
            return;
        }
        CommandLine command = waiting.next();
        current = command;
        try {
            processes.launchControl(command, run);
        } catch (LaunchFailure failure) {
            if (!nextTry.retriesLater(phase, failure)) {
                RunResult result = command.ignoreFailure() ? RunResult.SUCCESS : ServicePolicy.launchResult(failure);
                ended(result, String.valueOf(failure.getMessage()), run);
            }
        }
    }

    private void ended(RunResult result, String what, ServiceRun run) {
        if (result == RunResult.SUCCESS) {
            next(run);
        } else {
            abandon();
            outcome.phaseFailed(phase, result, what);
        }
    }
}
