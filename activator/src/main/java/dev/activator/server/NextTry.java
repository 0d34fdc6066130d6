package dev.activator.server;

import dev.activator.config.ServiceDirectives;
import dev.activator.config.TimeSpan;
import dev.activator.handoff.LaunchFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** When an instance that is down starts again by itself. */
final class NextTry {
    private final Machine machine;
    private final StartGate gate;
    private final EventLog log;
    private long restarts;

    NextTry(Machine machine, StartGate gate, EventLog log) {
        this.machine = machine;
        this.gate = gate;
        this.log = log;
    }

    /** A shortage that may pass is no failure: true where the start is tried again later, keeping what clients wait for. */
    boolean retriesLater(ServiceState phase, LaunchFailure failure) {
        if (!failure.isPassing() || (phase != ServiceState.PRE_START && phase != ServiceState.STARTING)) {
            return false;
        }
        gate.failed();
        log.warn(machine.name(), failure.getMessage() + ", trying again in " + TimeSpan.format(gate.suspension()));
        machine.enter(ServiceState.BACKING_OFF, "shortage");
        return true;
    }

    /** As Restart= asks. */
    void restartLater() {
        restarts++;
        Duration most = machine.unit().get(ServiceDirectives.RESTART_RANDOMIZED_DELAY);
        long extra = most.isZero() ? 0 : ThreadLocalRandom.current().nextLong(most.toMillis() + 1);
        gate.waitAtLeast(ServicePolicy.restartDelay(machine.unit(), restarts).plus(Duration.ofMillis(extra)));
        log.note(machine.name(), "restarting in " + TimeSpan.format(gate.suspension()) + " (Restart=, RestartSec=)");
        machine.enter(ServiceState.BACKING_OFF, "restart");
    }

    /** When that is, for one that has been waiting since then; null where it does not wait. */
    @Nullable
    Instant at(Instant since) {
        return machine.state() == ServiceState.BACKING_OFF ? since.plus(gate.suspension()) : null;
    }

    /** How often Restart= has started it again. */
    long restarts() {
        return restarts;
    }
}
