package dev.activator.server;

import dev.activator.config.Dependency;
import dev.activator.config.Relations;
import dev.activator.config.Unit;
import dev.activator.config.UnitDirectives;
import dev.activator.config.UnitName;
import dev.activator.jobs.Impossible;
import dev.activator.jobs.JobEnd;
import dev.activator.jobs.Jobs;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What a unit's change means for others without anybody asking: BindsTo=, OnFailure=, OnSuccess=, Upholds=, StopWhenUnneeded=, and what a
 * unit needs that started by itself. A service that sleeps has not ended, but needs nobody. systemd.unit(5).
 */
final class Followers {
    private static final Duration SOONEST_AGAIN = Duration.ofMillis(100);
    private static final Duration LATEST_AGAIN = Duration.ofMinutes(1);
    private static final List<Dependency> NEEDING = List.of(
            Dependency.REQUIRED_BY,
            Dependency.WANTED_BY,
            Dependency.BOUND_BY,
            Dependency.UPHELD_BY,
            Dependency.REQUISITE_OF);

    private final UnitJobs units;
    private final Jobs jobs;
    private final Surroundings surroundings;
    /** How often in a row an upheld unit had to be started again. */
    private final Map<String, Backoff> upheld = new HashMap<>();

    private boolean isOver;

    Followers(UnitJobs units, Jobs jobs, Surroundings surroundings) {
        this.units = units;
        this.jobs = jobs;
        this.surroundings = surroundings;
    }

    void onService(ServiceInstance instance, ServiceState from, ServiceState to) {
        if (relations().isAlone(instance.unit())) {
            return;
        }
        String name = instance.name().toString();
        boolean isOnItsWay =
                to.isStarting() && (from.isDown() || from == ServiceState.BACKING_OFF || from.isHeldStill());
        if (isOnItsWay && jobs.of(name) == null && !relations().startsAlone(instance.unit())) {
            later(() -> start(name, List.of(name), "started by itself"));
        }
        if (to == ServiceState.READY || to == ServiceState.EXITED) {
            later(() -> onUp(name));
        } else if (to == ServiceState.FAILED && from != ServiceState.FAILED) {
            later(() -> onDown(name, Dependency.ON_FAILURE));
        } else if (to == ServiceState.DEAD && !from.isDown()) {
            // One that sleeps has not ended, and one whose conditions do not hold has never run.
            boolean hasEnded = !instance.isPutToSleep() && instance.run().isStarted();
            later(() -> onDown(name, hasEnded ? Dependency.ON_SUCCESS : null));
        } else if (to == ServiceState.FROZEN) {
            later(() -> stopUnneeded(name));
        }
    }

    void onTarget(UnitName target, boolean isUp) {
        later(() -> {
            if (isUp) {
                onUp(target.toString());
            } else {
                onDown(target.toString(), Dependency.ON_SUCCESS);
            }
        });
    }

    void onSocket(SocketActivation socket, SocketState from, SocketState to) {
        String name = socket.name().toString();
        if (from.isOpen() != to.isOpen() && !relations().isAlone(socket.unit())) {
            later(() -> {
                if (to.isOpen()) {
                    onUp(name);
                } else if (to != SocketState.UNBOUND) {
                    onDown(name, to == SocketState.FAILED ? Dependency.ON_FAILURE : Dependency.ON_SUCCESS);
                }
            });
        }
    }

    /** Everything ends: nothing is started any more. */
    void end() {
        isOver = true;
    }

    /** Not while a machine is between two states. */
    private void later(Runnable what) {
        surroundings.loop().execute(() -> {
            if (!isOver) {
                what.run();
            }
        });
    }

    private void onUp(String unit) {
        upheld.remove(unit);
        Unit declared = units.declared(unit);
        boolean mayBeUnneeded = declared != null && declared.get(UnitDirectives.STOP_WHEN_UNNEEDED);
        if (mayBeUnneeded) {
            stopIfUnneeded(unit);
        }
        for (String other : relations().of(unit, Dependency.UPHOLDS)) {
            uphold(other);
        }
    }

    /** @param next whom its end starts; null where it has not come to an end */
    private void onDown(String unit, @Nullable Dependency next) {
        if (next != null) {
            stop(running(relations().of(unit, Dependency.BOUND_BY)), unit + ", to which it is bound, is gone");
            start(unit, relations().of(unit, next), next.word() + "= of " + unit);
            if (relations().of(unit, Dependency.UPHELD_BY).stream().anyMatch(units::isUp)) {
                uphold(unit);
            }
        }
        stopUnneeded(unit);
    }

    /** The more often in a row, the later. */
    private void uphold(String unit) {
        if (units.isDown(unit) && jobs.of(unit) == null) {
            Backoff backoff = upheld.computeIfAbsent(unit, key -> new Backoff(SOONEST_AGAIN, LATEST_AGAIN));
            surroundings.loop().after(backoff.next(), "upholding " + unit, () -> upholdNow(unit));
        }
    }

    private void upholdNow(String unit) {
        boolean isUpheld = relations().of(unit, Dependency.UPHELD_BY).stream().anyMatch(units::isUp);
        if (isUpheld && units.isDown(unit) && jobs.of(unit) == null) {
            start(unit, List.of(unit), "Upholds=");
        }
    }

    /** What this unit needed, and nobody else does. */
    private void stopUnneeded(String unit) {
        for (Dependency kind :
                List.of(Dependency.REQUIRES, Dependency.WANTS, Dependency.BINDS_TO, Dependency.UPHOLDS)) {
            relations().of(unit, kind).forEach(this::stopIfUnneeded);
        }
    }

    private void stopIfUnneeded(String unit) {
        Unit declared = units.declared(unit);
        boolean mayBe = declared != null
                && declared.get(UnitDirectives.STOP_WHEN_UNNEEDED)
                && !units.isDown(unit)
                && jobs.of(unit) == null;
        if (mayBe && !isNeeded(unit)) {
            stop(List.of(unit), "nothing needs it (StopWhenUnneeded=)");
        }
    }

    /** By one that is up and awake, on its way there, or about to be. */
    private boolean isNeeded(String unit) {
        for (Dependency kind : NEEDING) {
            for (String other : relations().of(unit, kind)) {
                boolean isAwake = !units.isDown(other) && !units.isHeldStill(other);
                if (isAwake || jobs.of(other) != null) {
                    return true;
                }
            }
        }
        return false;
    }

    private List<String> running(Set<String> all) {
        return all.stream().filter(unit -> !units.isDown(unit)).toList();
    }

    private void start(String about, Collection<String> all, String why) {
        for (String unit : all) {
            try {
                CompletableFuture<JobEnd> unused = jobs.start(unit, why);
            } catch (Impossible cannot) {
                surroundings.log().warn(nameOf(about), "cannot start " + unit + " (" + why + "): " + cannot.sentence());
            }
        }
    }

    private void stop(Collection<String> all, String why) {
        if (all.isEmpty()) {
            return;
        }
        try {
            all.forEach(unit -> surroundings.log().note(nameOf(unit), "stopping, " + why));
            CompletableFuture<JobEnd> unused = jobs.stop(all, why);
        } catch (Impossible cannot) {
            all.forEach(unit -> surroundings.log().warn(nameOf(unit), cannot.sentence()));
        }
    }

    private static UnitName nameOf(String unit) {
        UnitName name = UnitName.parse(unit);
        if (name == null) {
            throw new IllegalStateException(unit + " is no unit");
        }
        return name;
    }

    private Relations relations() {
        return units.relations();
    }
}
