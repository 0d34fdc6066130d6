package dev.activator.server;

import dev.activator.config.Dependency;
import dev.activator.config.Directive;
import dev.activator.config.Relations;
import dev.activator.config.Signal;
import dev.activator.config.UnitDirectives;
import dev.activator.config.UnitName;
import dev.activator.config.UnitType;
import dev.activator.control.Request;
import dev.activator.control.UnitOutcome;
import dev.activator.control.Verb;
import dev.activator.jobs.Impossible;
import dev.activator.jobs.JobEnd;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Carries out what an operator asks of one unit, on the loop. systemctl(1). */
final class Requests {

    private final Units units;
    private final UnitFileStates fileStates;
    private final Reloading reloading;
    private final List<Path> unitDirectories;
    private final SleepVerbs sleepVerbs;

    Requests(Units units, UnitFileStates fileStates, Reloading reloading, List<Path> unitDirectories) {
        this.unitDirectories = unitDirectories;
        this.units = units;
        this.fileStates = fileStates;
        this.reloading = reloading;
        this.sleepVerbs = new SleepVerbs(units);
    }

    /** Completes on the loop once the unit is where it was asked to be, or has failed to get there. */
    CompletableFuture<UnitOutcome> carryOut(Request request, UnitName unit) {
        return switch (request.verb()) {
            case START, STOP, RESTART ->
                startOrStop(request.verb(), unit, request.verb().word() + " by " + request.caller());
            case ISOLATE -> isolate(unit, "isolate by " + request.caller());
            case SET_DEFAULT -> done(setDefault(unit));
            case RELOAD -> done(reload(unit));
            case KILL -> done(kill(unit, request));
            case RESET_FAILED -> done(resetFailed(unit));
            case HOLD, RELEASE, DRAIN, WAKE, SLEEP, FREEZE, THAW -> sleepVerbs.carryOut(request, unit);
            case ENABLE, DISABLE, PRESET, MASK, UNMASK -> changeFile(unit, request);
            case DAEMON_RELOAD -> throw new IllegalArgumentException("daemon-reload names no unit");
        };
    }

    private CompletableFuture<UnitOutcome> start(UnitName unit, String why) {
        return ask(unit, () -> units.jobs().jobs().start(unit.toString(), why));
    }

    private CompletableFuture<UnitOutcome> startOrStop(Verb verb, UnitName unit, String why) {
        boolean isStart = verb == Verb.START;
        Directive<Boolean> row = isStart ? UnitDirectives.REFUSE_MANUAL_START : UnitDirectives.REFUSE_MANUAL_STOP;
        if (says(unit.toString(), row)) {
            return done(UnitOutcome.refused(
                    unit.toString(),
                    UnitOutcome.FAILED,
                    unit + " is " + (isStart ? "started" : "stopped") + " by other units only, as its " + row
                            + "yes says."));
        }
        return isStart ? start(unit, why) : verb == Verb.STOP ? stop(unit, why) : restart(unit, why);
    }

    private UnitOutcome setDefault(UnitName unit) {
        if (unit.type() != UnitType.TARGET) {
            return UnitOutcome.refused(
                    unit.toString(), UnitOutcome.FAILED, "Only a target can be the default, and " + unit + " is none.");
        }
        try {
            fileStates.setDefault(unit);
        } catch (IOException e) {
            return UnitOutcome.refused(
                    unit.toString(), UnitOutcome.FAILED, "Cannot make " + unit + " the default: " + e);
        }
        return new UnitOutcome(
                unit.toString(),
                UnitOutcome.DONE,
                "",
                List.of("The next start of the super-server starts " + unit + " and what it pulls in."));
    }

    private interface Asked {
        CompletableFuture<JobEnd> begin() throws Impossible;
    }

    private CompletableFuture<UnitOutcome> ask(UnitName unit, Asked asked) {
        try {
            return asked.begin().thenApply(end -> outcome(unit, end));
        } catch (Impossible cannot) {
            return done(UnitOutcome.refused(unit.toString(), status(unit), cannot.sentence()));
        }
    }

    private int status(UnitName unit) {
        return switch (units.catalog().state(unit)) {
            case LOADED -> UnitOutcome.FAILED;
            case NOT_FOUND -> UnitOutcome.NOT_FOUND;
            case MASKED, BAD_SETTING, ERROR -> UnitOutcome.NOT_CONFIGURED;
        };
    }

    private UnitOutcome outcome(UnitName unit, JobEnd end) {
        ServiceInstance instance = units.service(unit);
        SocketActivation socket = units.socket(unit);
        boolean isDependency = end.result() == JobEnd.Result.DEPENDENCY;
        if (instance != null && !isDependency) {
            return startOutcome(instance, instance.state());
        }
        if (socket != null && !isDependency) {
            return socketOutcome(socket);
        }
        return end.isDone()
                ? UnitOutcome.done(unit.toString())
                : UnitOutcome.refused(unit.toString(), UnitOutcome.FAILED, UnitJobs.sentence(unit.toString(), end));
    }

    private static UnitOutcome startOutcome(ServiceInstance instance, ServiceState state) {
        RunResult result = instance.view().run().result();
        if (state.isUp() || !result.isFailure()) {
            return UnitOutcome.done(instance.name().toString());
        }
        return UnitOutcome.refused(
                instance.name().toString(),
                UnitOutcome.FAILED,
                "Starting " + instance.name() + " failed (" + result.word() + "): "
                        + instance.view().run().failure()
                        + "; see 'activator status " + instance.name() + "' and 'activator logs " + instance.name()
                        + "'.");
    }

    private static UnitOutcome socketOutcome(SocketActivation socket) {
        if (socket.state().isOpen()) {
            return UnitOutcome.done(socket.name().toString());
        }
        if (socket.state() == SocketState.CLOSED) {
            // Its conditions do not hold, which is no failure.
            return new UnitOutcome(
                    socket.name().toString(),
                    UnitOutcome.DONE,
                    "",
                    List.of(socket.name() + " was " + socket.cause() + "."));
        }
        return UnitOutcome.refused(
                socket.name().toString(),
                UnitOutcome.FAILED,
                "Starting " + socket.name() + " failed: " + socket.cause());
    }

    private CompletableFuture<UnitOutcome> stop(UnitName unit, String why) {
        try {
            return units.jobs()
                    .jobs()
                    .stop(List.of(unit.toString()), why)
                    .thenApply(end -> UnitOutcome.done(unit.toString()));
        } catch (Impossible cannot) {
            return done(UnitOutcome.refused(unit.toString(), UnitOutcome.FAILED, cannot.sentence()));
        }
    }

    /** Says of what was stopped that a socket still starts it: asked once all of the request is done, which may have stopped the socket, too. */
    UnitOutcome withWarning(Request request, UnitOutcome outcome) {
        Verb verb = request.verb();
        boolean isNow = "yes".equals(request.options().get("now"));
        boolean stops = verb == Verb.STOP || (isNow && (verb == Verb.DISABLE || verb == Verb.MASK));
        UnitName unit = UnitName.parse(outcome.unit());
        if (!stops || unit == null || outcome.exitStatus() != UnitOutcome.DONE) {
            return outcome;
        }
        String sockets = units.socketsOf(unit).stream()
                .filter(one -> one.state().isOpen())
                .map(one -> one.name().toString())
                .collect(Collectors.joining(", "));
        if (sockets.isEmpty()) {
            return outcome;
        }
        List<String> notes = new ArrayList<>(outcome.notes());
        notes.add("Stopping " + unit + ", but it can still be activated by " + sockets + ".");
        return new UnitOutcome(outcome.unit(), outcome.exitStatus(), outcome.message(), notes);
    }

    private CompletableFuture<UnitOutcome> restart(UnitName unit, String why) {
        return ask(unit, () -> units.jobs().jobs().restart(unit.toString(), why));
    }

    private CompletableFuture<UnitOutcome> isolate(UnitName unit, String why) {
        boolean isTarget = unit.type() == UnitType.TARGET;
        if (!isTarget || !says(unit.toString(), UnitDirectives.ALLOW_ISOLATE)) {
            String obstacle = isTarget
                    ? "Only a target with AllowIsolate=yes can be isolated, and " + unit + " does not have that."
                    : "Only a target can be isolated, and " + unit + " is a "
                            + unit.type().suffix() + ".";
            return done(UnitOutcome.refused(unit.toString(), UnitOutcome.FAILED, obstacle));
        }
        List<String> others = units.jobs().active().stream()
                .filter(other -> !says(other, UnitDirectives.IGNORE_ON_ISOLATE))
                .toList();
        return ask(unit, () -> units.jobs().jobs().isolate(unit.toString(), others, why));
    }

    private boolean says(String unit, Directive<Boolean> row) {
        return units.catalog().find(unit).map(each -> each.get(row)).orElse(false);
    }

    private UnitOutcome reload(UnitName unit) {
        UnitOutcome own = reloadOne(unit);
        if (own.exitStatus() == UnitOutcome.DONE) {
            for (String other : units.catalog().relations().of(unit.toString(), Dependency.PROPAGATES_RELOAD_TO)) {
                Optional.ofNullable(UnitName.parse(other)).ifPresent(this::reloadOne);
            }
        }
        return own;
    }

    private UnitOutcome reloadOne(UnitName unit) {
        ServiceInstance instance = units.service(unit);
        boolean hasReload =
                units.catalog().service(unit).map(ServicePolicy::canReload).orElse(false);
        if (!hasReload) {
            return UnitOutcome.refused(
                    unit.toString(),
                    UnitOutcome.NOT_APPLICABLE,
                    unit + " has no ExecReload= and is not Type=notify-reload, so it cannot be reloaded.");
        }
        return instance != null && instance.reload()
                ? UnitOutcome.done(unit.toString())
                : UnitOutcome.refused(
                        unit.toString(), UnitOutcome.FAILED, unit + " is not running, nothing to reload.");
    }

    private UnitOutcome kill(UnitName unit, Request request) {
        ServiceInstance instance = units.service(unit);
        String text = request.options().getOrDefault("signal", "SIGTERM");
        Signal signal = Signal.parse(text);
        if (signal == null) {
            return UnitOutcome.refused(
                    unit.toString(), UnitOutcome.FAILED, "'" + text + "' is no signal; try SIGTERM, HUP or 9.");
        }
        if (instance == null || instance.processes().pids().isEmpty()) {
            return UnitOutcome.refused(
                    unit.toString(), UnitOutcome.FAILED, unit + " has no process to send a signal to.");
        }
        instance.processes().signal(signal, "main".equals(request.options().get("whom")));
        return UnitOutcome.done(unit.toString());
    }

    private UnitOutcome resetFailed(UnitName unit) {
        SocketActivation socket = units.socket(unit);
        if (socket != null) {
            socket.resetFailed();
        }
        ServiceInstance instance = units.service(unit);
        if (instance != null) {
            instance.resetFailed();
        }
        return UnitOutcome.done(unit.toString());
    }

    private CompletableFuture<UnitOutcome> changeFile(UnitName unit, Request request) {
        Verb verb = request.verb();
        Installer installer = new Installer(fileStates, units.catalog());
        boolean changesFiles = true;
        try {
            if (verb == Verb.PRESET) {
                verb = Presets.beside(unitDirectories).enables(unit) ? Verb.ENABLE : Verb.DISABLE;
            }
            switch (verb) {
                case ENABLE -> installer.enable(unit);
                case DISABLE -> installer.disable(unit);
                case MASK -> fileStates.mask(unit);
                default -> changesFiles = fileStates.unmask(unit);
            }
        } catch (IOException e) {
            return done(UnitOutcome.refused(
                    unit.toString(),
                    UnitOutcome.FAILED,
                    "Cannot " + request.verb().word() + " " + unit + ": " + e));
        }
        boolean isInstall = verb == Verb.ENABLE || verb == Verb.DISABLE;
        if (!changesFiles) {
            return done(UnitOutcome.done(unit.toString()));
        }
        boolean now = "yes".equals(request.options().get("now"));
        boolean isRead = !isInstall || installer.changedLinks();
        UnitOutcome changed = isInstall ? noted(unit, verb, installer.notes()) : UnitOutcome.done(unit.toString());
        CompletableFuture<?> read =
                isRead ? reloading.reload(request.verb().word() + " " + unit) : CompletableFuture.completedFuture(null);
        boolean starts = verb == Verb.ENABLE;
        return read.thenCompose(catalog -> {
            if (!now) {
                return done(changed);
            }
            return starts
                    ? start(unit, "enable --now")
                    : stop(unit, request.verb().word() + " --now");
        });
    }

    private UnitOutcome noted(UnitName unit, Verb verb, List<String> done) {
        List<String> notes = new ArrayList<>(done);
        boolean hasInstall =
                units.catalog().find(unit.toString()).map(Installer::hasInstall).orElse(false);
        boolean isPointless = unit.type() == UnitType.SERVICE && notes.isEmpty() && !hasInstall;
        if (isPointless) {
            notes.add(unit + " is started by its socket; to enable or disable that is what counts.");
        } else if (unit.type() != UnitType.SOCKET && verb == Verb.ENABLE && hasInstall) {
            notes.add("It starts with a target that wants it; the super-server itself starts "
                    + fileStates.defaultTarget().map(UnitName::toString).orElse(Relations.SOCKETS_TARGET)
                    + " ('activator set-default' changes that).");
        }
        return new UnitOutcome(unit.toString(), UnitOutcome.DONE, "", notes);
    }

    private static CompletableFuture<UnitOutcome> done(UnitOutcome outcome) {
        return CompletableFuture.completedFuture(outcome);
    }
}
