package dev.activator.server;

import dev.activator.config.LoadState;
import dev.activator.config.ServiceUnit;
import dev.activator.config.Signal;
import dev.activator.config.SocketUnit;
import dev.activator.config.UnitName;
import dev.activator.config.UnitType;
import dev.activator.control.Request;
import dev.activator.control.UnitOutcome;
import dev.activator.control.Verb;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Carries out what an operator asks of one unit, on the loop. systemctl(1). */
final class Requests {

    private final Units units;
    private final UnitFileStates fileStates;
    private final Reloading reloading;
    private final SleepVerbs sleepVerbs;

    Requests(Units units, UnitFileStates fileStates, Reloading reloading) {
        this.units = units;
        this.fileStates = fileStates;
        this.reloading = reloading;
        this.sleepVerbs = new SleepVerbs(units);
    }

    /** Completes on the loop once the unit is where it was asked to be, or has failed to get there. */
    CompletableFuture<UnitOutcome> carryOut(Request request, UnitName unit) {
        return switch (request.verb()) {
            case START -> start(unit, "start by " + request.caller());
            case STOP -> stop(unit, "stop by " + request.caller());
            case RESTART -> restart(unit, "restart by " + request.caller());
            case RELOAD -> done(reload(unit));
            case KILL -> done(kill(unit, request));
            case RESET_FAILED -> done(resetFailed(unit));
            case HOLD, RELEASE, DRAIN, WAKE, SLEEP, FREEZE, THAW -> sleepVerbs.carryOut(request, unit);
            case ENABLE, DISABLE, MASK, UNMASK -> changeFile(unit, request);
            case DAEMON_RELOAD -> throw new IllegalArgumentException("daemon-reload names no unit");
        };
    }

    private CompletableFuture<UnitOutcome> start(UnitName unit, String why) {
        Optional<UnitOutcome> obstacle = obstacle(unit);
        if (obstacle.isPresent()) {
            return done(obstacle.get());
        }
        Optional<SocketUnit> socket = units.catalog().socket(unit);
        if (socket.isPresent()) {
            return done(startSocket(units.socket(socket.get())));
        }
        Optional<ServiceUnit> service = units.catalog().service(unit);
        if (service.isEmpty()) {
            return done(UnitOutcome.refused(
                    unit.toString(), UnitOutcome.NOT_CONFIGURED, unit + " can only be started through its socket."));
        }
        ServiceInstance instance = units.service(service.get());
        instance.start(why, units.nanoTime());
        return units.await(instance, Requests::isSettled).thenApply(state -> startOutcome(instance, state));
    }

    /** Whether a start has come to something that can be told. */
    private static boolean isSettled(ServiceState state) {
        return state.isUp() || state.isDown() || state == ServiceState.BACKING_OFF;
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

    private static UnitOutcome startSocket(SocketActivation socket) {
        socket.start();
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

    /** Why a unit cannot be started at all; empty where nothing speaks against it. */
    private Optional<UnitOutcome> obstacle(UnitName unit) {
        LoadState state = units.catalog().state(unit);
        boolean isRunning = units.service(unit) != null;
        if (state == LoadState.LOADED || isRunning) {
            return Optional.empty();
        }
        if (state == LoadState.NOT_FOUND) {
            return Optional.of(UnitOutcome.notFound(unit.toString()));
        }
        String why = state == LoadState.MASKED
                ? "Unit " + unit + " is masked; 'activator unmask " + unit + "' lifts that."
                : "Unit " + unit + " has a bad setting; 'activator status " + unit + "' shows it.";
        return Optional.of(UnitOutcome.refused(unit.toString(), UnitOutcome.NOT_CONFIGURED, why));
    }

    private CompletableFuture<UnitOutcome> stop(UnitName unit, String why) {
        SocketActivation socket = units.socket(unit);
        if (socket != null) {
            socket.stop(why);
            return done(UnitOutcome.done(unit.toString()));
        }
        ServiceInstance instance = units.service(unit);
        if (instance == null) {
            return done(UnitOutcome.done(unit.toString()));
        }
        List<String> notes = new ArrayList<>();
        units.socketsOf(unit).stream()
                .filter(one -> one.state().isOpen())
                .forEach(one ->
                        notes.add("Stopping " + unit + ", but it can still be activated by " + one.name() + "."));
        instance.stop(why);
        return units.await(instance, ServiceState::isDown)
                .thenApply(state -> new UnitOutcome(unit.toString(), UnitOutcome.DONE, "", notes));
    }

    private CompletableFuture<UnitOutcome> restart(UnitName unit, String why) {
        ServiceInstance instance = units.service(unit);
        if (instance == null || instance.state().isDown()) {
            SocketActivation socket = units.socket(unit);
            if (socket != null) {
                socket.stop(why);
            }
            return start(unit, why);
        }
        instance.restart(why);
        return units.await(instance, Requests::isSettled).thenApply(state -> startOutcome(instance, state));
    }

    private UnitOutcome reload(UnitName unit) {
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
        try {
            switch (request.verb()) {
                case ENABLE -> fileStates.enable(unit);
                case DISABLE -> fileStates.disable(unit);
                case MASK -> fileStates.mask(unit);
                default -> {
                    if (!fileStates.unmask(unit)) {
                        return done(UnitOutcome.done(unit.toString()));
                    }
                }
            }
        } catch (IOException e) {
            return done(UnitOutcome.refused(
                    unit.toString(),
                    UnitOutcome.FAILED,
                    "Cannot " + request.verb().word() + " " + unit + ": " + e));
        }
        boolean now = "yes".equals(request.options().get("now"));
        boolean changesFiles = request.verb() == Verb.MASK || request.verb() == Verb.UNMASK;
        CompletableFuture<?> read = changesFiles
                ? reloading.reload(request.verb().word() + " " + unit)
                : CompletableFuture.completedFuture(null);
        return read.thenCompose(catalog -> {
            if (now && request.verb() == Verb.ENABLE) {
                return start(unit, "enable --now");
            }
            return now ? stop(unit, request.verb().word() + " --now") : done(noted(unit, request.verb()));
        });
    }

    private static UnitOutcome noted(UnitName unit, Verb verb) {
        boolean isPointless = unit.type() != UnitType.SOCKET && (verb == Verb.ENABLE || verb == Verb.DISABLE);
        return new UnitOutcome(
                unit.toString(),
                UnitOutcome.DONE,
                "",
                isPointless
                        ? List.of(unit + " is started by its socket; to enable or disable that is what counts.")
                        : List.of());
    }

    private static CompletableFuture<UnitOutcome> done(UnitOutcome outcome) {
        return CompletableFuture.completedFuture(outcome);
    }
}
