package dev.activator.server;

import dev.activator.config.CommandLine;
import dev.activator.config.ExitStatuses;
import dev.activator.config.KillDirectives;
import dev.activator.config.RestartPolicy;
import dev.activator.config.ServiceDirectives;
import dev.activator.config.ServiceType;
import dev.activator.config.ServiceUnit;
import dev.activator.config.Signal;
import dev.activator.config.TimeSpan;
import dev.activator.handoff.ExitStatus;
import dev.activator.handoff.LaunchFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an exit means for a unit, and whether it restarts; pure. systemd.service(5) Restart=, SuccessExitStatus=. */
final class ServicePolicy {
    private static final Set<Signal> CLEAN_SIGNALS = Set.of(Signal.HUP, Signal.INT, Signal.TERM, Signal.PIPE);

    private ServicePolicy() {}

    static List<CommandLine> beforeStart(ServiceUnit unit) {
        List<CommandLine> conditions = unit.get(ServiceDirectives.EXEC_CONDITION);
        List<CommandLine> preparations = unit.get(ServiceDirectives.EXEC_START_PRE);
        if (conditions.isEmpty()) {
            return preparations;
        }
        List<CommandLine> commands = new ArrayList<>(conditions);
        commands.addAll(preparations);
        return commands;
    }

    /** Why the unit must not start at all: a security setting that cannot be applied; null where nothing speaks against it. */
    static @Nullable String refusal(ServiceUnit unit) {
        if (unit.refusals().isEmpty()) {
            return null;
        }
        return unit.refusals().get(0).message()
                + (unit.refusals().size() > 1 ? " (and " + (unit.refusals().size() - 1) + " more)" : "")
                + "; AllowUnsupportedHardening=yes in [X-Activator] starts it without";
    }

    /**
     * What an exit of the main process is, while nobody asked for one.
     *
     * @param command that it ran, whose prefix may ignore a failure; null where it is none of the unit's: Type=forking
     */
    static RunResult mainResult(ServiceUnit unit, ExitStatus status, @Nullable CommandLine command) {
        boolean tolerated = command != null && command.ignoreFailure();
        if (tolerated || lists(unit.get(ServiceDirectives.SUCCESS_EXIT_STATUS), status)) {
            return RunResult.SUCCESS;
        }
        return resultOf(unit, status);
    }

    private static boolean lists(ExitStatuses statuses, ExitStatus status) {
        if (status instanceof ExitStatus.Exited exited) {
            return statuses.codes().contains(exited.code());
        }
        return status instanceof ExitStatus.Signaled signaled
                && statuses.signals().contains(signaled.signal());
    }

    /** The same once the unit is up. */
    static RunResult mainResult(ServiceUnit unit, ExitStatus status) {
        List<CommandLine> commands = unit.get(ServiceDirectives.EXEC_START);
        boolean isItsOwn = !commands.isEmpty() && unit.get(ServiceDirectives.TYPE) != ServiceType.FORKING;
        return mainResult(unit, status, isItsOwn ? commands.get(commands.size() - 1) : null);
    }

    private static RunResult resultOf(ServiceUnit unit, ExitStatus status) {
        if (status instanceof ExitStatus.Signaled signaled) {
            boolean clean = CLEAN_SIGNALS.contains(signaled.signal())
                    && unit.get(ServiceDirectives.TYPE) != ServiceType.ONESHOT;
            return clean ? RunResult.SUCCESS : signalResult(signaled);
        }
        return status.isSuccess() || status instanceof ExitStatus.Unknown ? RunResult.SUCCESS : RunResult.EXIT_CODE;
    }

    /**
     * What an exit of the main process is after it was told to stop: besides the clean ones a death by the signal that was sent, and the
     * exit code 128 + signal by which shells and JVMs report one (systemd takes that for a failure).
     */
    static RunResult stopResult(ServiceUnit unit, ExitStatus status) {
        List<Signal> sent = List.of(unit.get(KillDirectives.KILL_SIGNAL), unit.get(KillDirectives.RESTART_KILL_SIGNAL));
        if (status instanceof ExitStatus.Signaled signaled && sent.contains(signaled.signal())) {
            return RunResult.SUCCESS;
        }
        if (status instanceof ExitStatus.Exited exited
                && sent.stream().anyMatch(signal -> exited.code() == 128 + signal.number())) {
            return RunResult.SUCCESS;
        }
        return mainResult(unit, status);
    }

    private static RunResult signalResult(ExitStatus.Signaled signaled) {
        return signaled.coreDumped() ? RunResult.CORE_DUMP : RunResult.SIGNAL;
    }

    /** What an exit of a command other than the main process is; ExecCondition= skips the start with 1 to 254. */
    static RunResult commandResult(ServiceUnit unit, CommandLine command, ExitStatus status) {
        if (command.ignoreFailure() || status.isSuccess()) {
            return RunResult.SUCCESS;
        }
        boolean isCondition = unit.get(ServiceDirectives.EXEC_CONDITION).contains(command);
        if (isCondition && status instanceof ExitStatus.Exited exited && exited.code() < 255) {
            return RunResult.EXEC_CONDITION;
        }
        return status instanceof ExitStatus.Signaled signaled ? signalResult(signaled) : RunResult.EXIT_CODE;
    }

    static RunResult launchResult(LaunchFailure failure) {
        return failure.stage().code() == 0 ? RunResult.RESOURCES : RunResult.EXIT_CODE;
    }

    /** Whether Restart= and its exceptions start the unit again after this run, which nobody asked to end. */
    static boolean restarts(ServiceUnit unit, RunResult result, @Nullable ExitStatus status) {
        if (result == RunResult.EXEC_CONDITION || result == RunResult.START_LIMIT_HIT) {
            return false;
        }
        if (status != null && lists(unit.get(ServiceDirectives.RESTART_PREVENT_EXIT_STATUS), status)) {
            return false;
        }
        if (status != null && lists(unit.get(ServiceDirectives.RESTART_FORCE_EXIT_STATUS), status)) {
            return true;
        }
        return matches(unit.get(ServiceDirectives.RESTART), result);
    }

    /**
     * The pause before a restart: RestartSec=, and with RestartSteps= a geometric growth up to RestartMaxDelaySec=.
     *
     * @param number of the restart, 1 for the first
     */
    static Duration restartDelay(ServiceUnit unit, long number) {
        Duration first = unit.get(ServiceDirectives.RESTART_SEC);
        Duration most = unit.get(ServiceDirectives.RESTART_MAX_DELAY);
        int steps = unit.get(ServiceDirectives.RESTART_STEPS);
        boolean grows = steps > 0 && !first.isZero() && !most.equals(TimeSpan.INFINITY) && most.compareTo(first) > 0;
        if (!grows) {
            return first;
        }
        if (number > steps) {
            return most;
        }
        double ratio = (double) most.toNanos() / first.toNanos();
        return Duration.ofNanos((long) (first.toNanos() * Math.pow(ratio, (number - 1.0) / steps)));
    }

    private static boolean matches(RestartPolicy policy, RunResult result) {
        return switch (policy) {
            case NO -> false;
            case ALWAYS -> true;
            case ON_SUCCESS -> result == RunResult.SUCCESS;
            case ON_FAILURE -> result.isFailure();
            case ON_ABNORMAL -> result.isFailure() && result != RunResult.EXIT_CODE;
            case ON_ABORT -> result == RunResult.SIGNAL || result == RunResult.CORE_DUMP;
            case ON_WATCHDOG -> result == RunResult.WATCHDOG;
        };
    }

    /** What a phase is doing, as failures name it. */
    static String phrase(ServiceState phase) {
        return switch (phase) {
            case PRE_START -> "ExecStartPre=";
            case POST_START -> "ExecStartPost=";
            case RELOADING -> "ExecReload=";
            case STOPPING -> "ExecStop=";
            case POST_STOP -> "ExecStopPost=";
            case DEAD, STARTING, READY, EXITED, FREEZING, FROZEN, TERMINATING, KILLING, BACKING_OFF, FAILED ->
                phase.subState();
        };
    }

    static boolean waitsForReady(ServiceUnit unit) {
        ServiceType type = unit.get(ServiceDirectives.TYPE);
        return type == ServiceType.NOTIFY || type == ServiceType.NOTIFY_RELOAD;
    }

    /** Whether the unit says how it is reloaded. */
    static boolean canReload(ServiceUnit unit) {
        return unit.get(ServiceDirectives.TYPE) == ServiceType.NOTIFY_RELOAD
                || !unit.get(ServiceDirectives.EXEC_RELOAD).isEmpty();
    }

    /** How long WatchdogSignal= may take to end the service. */
    static Duration abortLimit(ServiceUnit unit) {
        return orInfinity(unit.get(ServiceDirectives.TIMEOUT_ABORT));
    }

    /** How long a state may last; infinity where nothing ends it. */
    static Duration limit(ServiceUnit unit, ServiceState state, Duration suspension) {
        return switch (state.timeout()) {
            // What stands still has timers of its own: StandingStill.
            case NONE, FROZEN -> TimeSpan.INFINITY;
            case START -> orInfinity(unit.get(ServiceDirectives.TIMEOUT_START));
            case RUNTIME -> orInfinity(unit.get(ServiceDirectives.RUNTIME_MAX));
            case STOP -> orInfinity(unit.get(ServiceDirectives.TIMEOUT_STOP));
            case RESTART -> suspension;
        };
    }

    private static Duration orInfinity(Duration limit) {
        return limit.isZero() ? TimeSpan.INFINITY : limit;
    }

    /** The message for a state that lasted too long, with the setting that changes it. */
    static String overdue(ServiceUnit unit, ServiceState state) {
        String setting = switch (state.timeout()) {
            case START -> "TimeoutStartSec=";
            case RUNTIME -> "RuntimeMaxSec=";
            case STOP -> "TimeoutStopSec=";
            case NONE, RESTART, FROZEN -> "";
        };
        String next = switch (state) {
            case STOPPING -> "sending KillSignal=";
            case TERMINATING ->
                unit.get(KillDirectives.SEND_SIGKILL)
                        ? "sending FinalKillSignal="
                        : "giving up, as SendSIGKILL=no asks";
            case KILLING, POST_STOP -> "giving up";
            default -> "stopping it";
        };
        return state.subState() + " took longer than " + setting + " allows, " + next;
    }
}
