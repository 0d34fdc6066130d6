package dev.activator.server;

import dev.activator.config.ServiceUnit;
import dev.activator.config.TimeSpan;
import dev.activator.config.UnitName;
import dev.activator.config.UnitType;
import dev.activator.control.Request;
import dev.activator.control.UnitOutcome;
import dev.activator.control.Verb;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Carries out {@code hold}, {@code release}, {@code drain}, {@code wake}, {@code sleep}, {@code freeze} and {@code thaw}, on the loop. */
final class SleepVerbs {
    /** More words than that are no reason any more. */
    private static final int LONGEST_REASON = 500;

    private final Units units;

    SleepVerbs(Units units) {
        this.units = units;
    }

    /** One request, read. */
    private record Asked(
            UnitName unit,
            Verb verb,
            String by,
            String reason,
            @Nullable Duration time) {
        String why() {
            return verb.word() + " by " + by + (reason.isEmpty() ? "" : ": " + reason);
        }
    }

    CompletableFuture<UnitOutcome> carryOut(Request request, UnitName unit) {
        String text = request.options().getOrDefault("for", "");
        Duration time;
        try {
            time = text.isEmpty() ? null : TimeSpan.parse(text);
        } catch (IllegalArgumentException wrong) {
            return refused(unit, "--for '" + text + "': " + wrong.getMessage() + "; try 10min, 2h or 1d");
        }
        if (time != null && (time.isZero() || time.equals(TimeSpan.INFINITY))) {
            return refused(
                    unit,
                    "--for '" + text
                            + "' must be longer than nothing and shorter than for ever; leave it out for that");
        }
        String reason = request.options().getOrDefault("reason", "");
        if (reason.length() > LONGEST_REASON) {
            return refused(unit, "the reason is longer than " + LONGEST_REASON + " characters");
        }
        Asked asked = new Asked(unit, request.verb(), String.valueOf(request.caller()), reason, time);
        return switch (request.verb()) {
            case HOLD -> hold(asked);
            case RELEASE -> release(asked);
            case DRAIN -> ofService(asked, this::drain);
            case WAKE -> ofService(asked, this::wake);
            case SLEEP -> ofService(asked, this::sleep);
            case FREEZE -> ofService(asked, this::freeze);
            case THAW -> ofService(asked, this::thaw);
            case START,
                    STOP,
                    RESTART,
                    RELOAD,
                    KILL,
                    RESET_FAILED,
                    ENABLE,
                    DISABLE,
                    PRESET,
                    MASK,
                    UNMASK,
                    ISOLATE,
                    SET_DEFAULT,
                    DAEMON_RELOAD -> throw new IllegalArgumentException(request.verb() + " is none of these");
        };
    }

    private interface OfService {
        CompletableFuture<UnitOutcome> carryOut(Asked asked, UnitName service, @Nullable ServiceInstance instance);
    }

    /** A socket stands for the service that it wakes; what waits at Accept=yes has none. */
    private CompletableFuture<UnitOutcome> ofService(Asked asked, OfService verb) {
        SocketActivation socket = units.socket(asked.unit());
        if (socket != null && socket.unit().isAccepting()) {
            return notApplicable(
                    asked,
                    asked.unit()
                            + " starts a service for each connection (Accept=yes); 'hold' and 'release' work on it, the "
                            + "others on one of its services");
        }
        UnitName service = socket == null ? asked.unit() : units.target(socket);
        if (socket != null && service.isTemplate()) {
            return notApplicable(
                    asked,
                    asked.unit()
                            + " passes connections to several workers (Workers=); 'hold' and 'release' work on it, the "
                            + "others on one of them, such as " + service.withInstance("1"));
        }
        if (service.type() != UnitType.SERVICE || service.isTemplate()) {
            return notApplicable(asked, service + " is no service and no socket of one");
        }
        return verb.carryOut(asked, service, units.service(service));
    }

    private CompletableFuture<UnitOutcome> hold(Asked asked) {
        if (!isSocketOrOfOne(asked.unit())) {
            return notApplicable(
                    asked, "no socket that is loaded wakes " + asked.unit() + ", so there is nothing to hold");
        }
        order(asked, asked.unit(), StandingOrder.Kind.HOLD);
        ServiceInstance instance = units.service(asked.unit());
        boolean isUp = instance != null && !instance.state().isAsleep();
        return done(
                asked.unit(),
                isUp
                        ? List.of(asked.unit() + " is up and goes on serving; 'activator drain " + asked.unit()
                                + "' lets it finish, 'activator stop " + asked.unit() + "' ends it.")
                        : List.of());
    }

    private boolean isSocketOrOfOne(UnitName unit) {
        return units.socket(unit) != null
                || units.sockets().stream()
                        .anyMatch(socket -> units.target(socket).equals(unit));
    }

    private CompletableFuture<UnitOutcome> release(Asked asked) {
        SocketActivation socket = units.socket(asked.unit());
        UnitName service = socket == null ? asked.unit() : units.target(socket);
        boolean isOfService = socket != null && units.orders().holds(service);
        if (isOfService && !units.orders().holds(asked.unit())) {
            return refused(
                    asked.unit(),
                    "it is held through " + service + "; 'activator release " + service + "' lets its clients in");
        }
        List<UnitName> ordered = units.sockets().stream()
                .filter(each ->
                        each == socket || (socket == null && units.target(each).equals(service)))
                .map(SocketActivation::name)
                .toList();
        boolean lifted = liftOrInterrupt(asked, asked.unit());
        for (UnitName each : ordered) {
            lifted |= !each.equals(asked.unit()) && liftOrInterrupt(asked, each);
        }
        return done(asked.unit(), lifted ? List.of() : List.of("Nothing was ordered of " + asked.unit() + "."));
    }

    private boolean liftOrInterrupt(Asked asked, UnitName unit) {
        if (asked.time() == null) {
            return units.orders().lift(unit, asked.why());
        }
        boolean isHeld = units.orders().holds(unit);
        if (isHeld) {
            units.orders().interrupt(unit, standing(asked, StandingOrder.Kind.RELEASE));
        }
        return isHeld;
    }

    private CompletableFuture<UnitOutcome> drain(Asked asked, UnitName service, @Nullable ServiceInstance instance) {
        order(asked, service, StandingOrder.Kind.DRAIN);
        if (instance == null || instance.state().isDown()) {
            return done(asked.unit(), List.of());
        }
        if (instance.state().isUp()) {
            units.drain(instance, asked.why());
        } else {
            instance.stop(asked.why());
        }
        StandingOrder present = units.orders().of(service);
        return units.await(
                        instance,
                        state ->
                                state.isDown() || !Objects.equals(units.orders().of(service), present))
                .thenCompose(state -> state.isDown()
                        ? done(asked.unit(), List.of())
                        : refused(asked.unit(), "the order to drain it was lifted before it was done"));
    }

    private CompletableFuture<UnitOutcome> wake(Asked asked, UnitName service, @Nullable ServiceInstance instance) {
        Optional<ServiceUnit> declared = units.catalog().service(service);
        ServiceInstance present =
                instance != null ? instance : declared.map(units::service).orElse(null);
        if (present == null) {
            return refused(asked.unit(), "no service " + service + " is loaded");
        }
        if (asked.time() != null) {
            order(asked, service, StandingOrder.Kind.WAKE);
        } else if (isOrdered(service, StandingOrder.Kind.FREEZE) || isOrdered(service, StandingOrder.Kind.SLEEP)) {
            units.orders().lift(service, asked.why());
        }
        units.jobs().wake(present.unit(), asked.why(), units.nanoTime());
        return units.await(
                        present,
                        state -> isAwake(state)
                                || (state.isDown() && !units.jobs().isAwaited(service)))
                .thenCompose(state -> state.isDown()
                        ? refused(
                                asked.unit(),
                                "it did not start: " + present.view().run().failure())
                        : done(asked.unit(), List.of()));
    }

    private CompletableFuture<UnitOutcome> sleep(Asked asked, UnitName service, @Nullable ServiceInstance instance) {
        if (instance == null || instance.state().isAsleep()) {
            if (asked.time() != null) {
                order(asked, service, StandingOrder.Kind.SLEEP);
            }
            return done(asked.unit(), List.of());
        }
        SleepPolicy policy = units.sleepPolicy(instance);
        UseObserver observer = units.observer(instance);
        if (!instance.sleeping().begin(SleepOrder.of(policy, observer, asked.why()))) {
            observer.close();
            return refused(asked.unit(), "it is " + instance.state().subState() + ", not running");
        }
        return units.await(instance, SleepVerbs::isDecided).thenCompose(state -> {
            observer.close();
            if (state == ServiceState.READY) {
                return refused(
                        asked.unit(),
                        "it is in use: " + instance.sleeping().keptAwakeBy() + "; 'activator drain " + asked.unit()
                                + "' waits for the end of that, 'activator stop " + asked.unit() + "' does not");
            }
            if (asked.time() != null) {
                order(asked, service, StandingOrder.Kind.SLEEP);
            }
            return done(asked.unit(), List.of());
        });
    }

    private static boolean isAwake(ServiceState state) {
        return state == ServiceState.READY || state == ServiceState.EXITED;
    }

    private static boolean isDecided(ServiceState state) {
        return state == ServiceState.READY || state.isAsleep();
    }

    private CompletableFuture<UnitOutcome> freeze(Asked asked, UnitName service, @Nullable ServiceInstance instance) {
        if (instance == null || instance.state() != ServiceState.READY) {
            String what = instance == null ? "not running" : instance.state().subState();
            boolean isFrozen = instance != null && instance.state().isHeldStill();
            if (isFrozen) {
                order(asked, service, StandingOrder.Kind.FREEZE);
                return done(asked.unit(), List.of());
            }
            return refused(
                    asked.unit(),
                    "it is " + what + ", so there is nothing that could stand still; 'activator wake " + asked.unit()
                            + "' starts it");
        }
        order(asked, service, StandingOrder.Kind.FREEZE);
        SleepOrder.Rest rest =
                new SleepOrder.Rest(units.sleepPolicy(instance).pageOutAfter(), TimeSpan.INFINITY, false, false);
        instance.sleeping().begin(new SleepOrder(SleepOrder.Depth.FROZEN, asked.why(), () -> null, rest));
        return units.await(instance, SleepVerbs::isDecided).thenCompose(state -> {
            if (state == ServiceState.FROZEN) {
                return done(asked.unit(), List.of());
            }
            units.orders().lift(service, "it cannot be frozen");
            return refused(asked.unit(), "it is " + state.subState() + ": a process of it could not be frozen");
        });
    }

    private CompletableFuture<UnitOutcome> thaw(Asked asked, UnitName service, @Nullable ServiceInstance instance) {
        if (asked.time() != null) {
            order(asked, service, StandingOrder.Kind.WAKE);
        } else if (isOrdered(service, StandingOrder.Kind.FREEZE)) {
            units.orders().lift(service, asked.why());
        }
        if (instance != null && instance.state().isHeldStill()) {
            instance.start(asked.why(), units.nanoTime());
        }
        boolean isDown = instance == null || instance.state().isDown();
        return done(
                asked.unit(),
                isDown
                        ? List.of(asked.unit() + " is not frozen but stopped; 'activator wake " + asked.unit()
                                + "' starts it.")
                        : List.of());
    }

    private boolean isOrdered(UnitName unit, StandingOrder.Kind kind) {
        StandingOrder order = units.orders().of(unit);
        return order != null && order.kind() == kind;
    }

    private void order(Asked asked, UnitName unit, StandingOrder.Kind kind) {
        units.orders().give(unit, standing(asked, kind));
    }

    private StandingOrder standing(Asked asked, StandingOrder.Kind kind) {
        return StandingOrder.now(kind, asked.reason(), asked.by(), units.now(), asked.time());
    }

    private static CompletableFuture<UnitOutcome> done(UnitName unit, List<String> notes) {
        return CompletableFuture.completedFuture(new UnitOutcome(unit.toString(), UnitOutcome.DONE, "", notes));
    }

    private static CompletableFuture<UnitOutcome> refused(UnitName unit, String why) {
        return CompletableFuture.completedFuture(UnitOutcome.refused(unit.toString(), UnitOutcome.FAILED, why));
    }

    private static CompletableFuture<UnitOutcome> notApplicable(Asked asked, String why) {
        return CompletableFuture.completedFuture(
                UnitOutcome.refused(asked.unit().toString(), UnitOutcome.NOT_APPLICABLE, why));
    }
}
