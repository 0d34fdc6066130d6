package dev.activator.server;

import dev.activator.config.KillDirectives;
import dev.activator.config.ServiceDirectives;
import dev.activator.config.ServiceUnit;
import dev.activator.listener.Loop;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Puts an instance to sleep without losing a client. First it takes the CPU from all processes, so that none can accept; then it looks once
 * more who uses the service or waits for it; and only where nobody does it goes on. A client who comes later finds the listener open and
 * waits in its queue. The signal that ends the processes is sent while they stand still: where nobody catches it, it ends them before they
 * run again. Where it is caught, the service may go on accepting until it has ended, so new clients are held off at the door for that time.
 */
final class FallingAsleep {
    private static final Duration FIRST_LOOK = Duration.ofMillis(1);
    private static final Duration LONGEST_FREEZE = Duration.ofSeconds(1);
    /** As long as clients notice only that their first SYN was lost; what a longer graceful stop accepts is its own to finish. */
    private static final Duration LONGEST_SHUT = Duration.ofSeconds(3);

    private final Machine machine;
    private final EventLog log;
    private final ServiceProcesses processes;
    private final InstanceTimers timers;
    private final Ending ending;
    private final Doorway door;
    private final StandingStill standingStill;
    private @Nullable SleepOrder order;
    private String keptAwakeBy = "";
    private boolean hasWarned;

    FallingAsleep(
            Machine machine,
            Loop loop,
            EventLog log,
            ServiceProcesses processes,
            InstanceTimers timers,
            Ending ending,
            Doorway door) {
        this.machine = machine;
        this.log = log;
        this.processes = processes;
        this.timers = timers;
        this.ending = ending;
        this.door = door;
        this.standingStill = new StandingStill(loop, log, machine, processes, this::wake, this::deepen);
    }

    /** Begins; false where the state does not allow it. Ends in {@link Machine#awoke}, in FROZEN, or with the instance's stop. */
    boolean begin(SleepOrder wanted) {
        ServiceState state = machine.state();
        boolean isDeeper = state == ServiceState.FROZEN && wanted.depth() == SleepOrder.Depth.STOPPED;
        boolean isLast = state == ServiceState.TERMINATING && wanted.depth() == SleepOrder.Depth.KILLED;
        if (state != ServiceState.READY && !isDeeper && !isLast) {
            return false;
        }
        standingStill.end();
        order = wanted;
        keptAwakeBy = "";
        machine.enter(ServiceState.FREEZING, wanted.why());
        processes.freeze();
        awaitStillness(wanted, FIRST_LOOK, Duration.ZERO);
        return true;
    }

    /** Lets the processes run if they stand still, before anything else; {@link #wake} must follow. */
    void stir() {
        if (machine.state().isHeldStill()) {
            processes.thaw();
        }
    }

    private void awaitStillness(SleepOrder wanted, Duration nextLook, Duration waited) {
        if (processes.isFrozen()) {
            still(wanted);
        } else if (waited.compareTo(LONGEST_FREEZE) < 0) {
            timers.look(nextLook, () -> awaitStillness(wanted, nextLook.multipliedBy(2), waited.plus(nextLook)));
        } else {
            log.warn(
                    machine.unit().name(),
                    "cannot freeze it: a process waits for a device or a file system, leaving it awake");
            wake("cannot be frozen");
        }
    }

    private void still(SleepOrder wanted) {
        String user = wanted.usedBy().get();
        if (user != null || (wanted.rest().heedsQueue() && door.hasWaiting())) {
            stayAwake(user == null ? "a client in the queue" : user);
            return;
        }
        switch (wanted.depth()) {
            case FROZEN -> {
                machine.enter(ServiceState.FROZEN, wanted.why());
                standingStill.begin(wanted);
            }
            case STOPPED -> {
                if (shutDoor(wanted)) {
                    machine.stopsAsleep(wanted);
                }
            }
            case KILLED -> {
                machine.enter(ServiceState.KILLING, wanted.why());
                ending.kill(machine.unit());
            }
        }
    }

    /** Where the processes would outlive the signal that comes now; false where a client slipped in just before, and it is awake again. */
    private boolean shutDoor(SleepOrder wanted) {
        ServiceUnit unit = machine.unit();
        boolean isKeptRunning = !unit.get(ServiceDirectives.EXEC_STOP).isEmpty()
                || processes.outlives(unit.get(KillDirectives.KILL_SIGNAL));
        if (isKeptRunning) {
            warnOnce(door.shut());
            if (wanted.rest().heedsQueue() && door.hasWaiting()) {
                stayAwake("a client in the queue");
                return false;
            }
            timers.door(LONGEST_SHUT, door::open);
        }
        return true;
    }

    /** Then it is as with any graceful stop: whom it accepts until it has ended is its own to finish. */
    private void warnOnce(String obstacle) {
        if (!obstacle.isEmpty() && !hasWarned) {
            hasWarned = true;
            log.warn(
                    machine.unit().name(),
                    "cannot hold clients off while it ends, it may accept some until then: " + obstacle);
        }
    }

    private void stayAwake(String user) {
        wake("used by " + user);
        keptAwakeBy = user;
    }

    /** What made the last order void; empty where nothing did. */
    String keptAwakeBy() {
        return keptAwakeBy;
    }

    /** Why it stands still, and what became of its memory; empty where it does not. */
    String account() {
        SleepOrder present = order;
        if (present == null || machine.state() != ServiceState.FROZEN) {
            return "";
        }
        return standingStill.memory().isEmpty() ? present.why() : present.why() + "; " + standingStill.memory();
    }

    /** Lets the processes run and clients in. */
    void wake(String why) {
        end();
        machine.awoke(why);
    }

    /** What was ordered is void; whoever stops it now means it. */
    void forget() {
        order = null;
        standingStill.end();
    }

    /** What was held is released, whatever comes next; what was ordered is void. */
    void end() {
        order = null;
        standingStill.end();
        processes.thaw();
        openDoor();
    }

    void openDoor() {
        timers.endDoor();
        door.open();
    }

    /** It has been frozen for as long as it may. */
    void deepen() {
        SleepOrder present = order;
        if (present != null) {
            begin(present.deeper());
        }
    }

    /** The time for its stop is over. One that was put to sleep is killed only if nobody has come to it meanwhile. */
    boolean outlivedStop() {
        SleepOrder present = order;
        return present != null && processes.isUp() && begin(present.atLast());
    }
}
