package dev.activator.server;

import dev.activator.config.KillDirectives;
import dev.activator.config.ServiceUnit;
import java.time.Duration;

/** Brings an instance's processes to their end and tells once none is left that KillMode= makes a stop wait for. systemd.kill(5). */
final class Ending {
    /** The last process may leave its cgroup a moment after its exit was told. */
    private static final Duration FIRST_LOOK = Duration.ofMillis(1);

    private static final Duration LONGEST_LOOK = Duration.ofMillis(16);

    private final ServiceProcesses processes;
    private final InstanceTimers timers;
    private final Runnable gone;

    Ending(ServiceProcesses processes, InstanceTimers timers, Runnable gone) {
        this.processes = processes;
        this.timers = timers;
        this.gone = gone;
    }

    /** Asks, where there is anybody: KillSignal=, or RestartKillSignal= where it is to come up again. */
    void ask(ServiceUnit unit, boolean isRestart) {
        if (processes.isNobodyLeft()) {
            gone.run();
            return;
        }
        processes.stop(
                unit.get(isRestart ? KillDirectives.RESTART_KILL_SIGNAL : KillDirectives.KILL_SIGNAL),
                unit.get(KillDirectives.SEND_SIGHUP));
        // One that stands still has the signal before it runs again.
        processes.thaw();
        look();
    }

    /** Aborts one that hangs: WatchdogSignal=. */
    void abort(ServiceUnit unit) {
        processes.stop(unit.get(KillDirectives.WATCHDOG_SIGNAL), false);
        look();
    }

    /** Asks no more: FinalKillSignal=. */
    void kill(ServiceUnit unit) {
        processes.kill(unit.get(KillDirectives.FINAL_KILL_SIGNAL));
        processes.thaw();
        look();
    }

    /** Looks whether it is over where the state is one that waits for that. */
    void lookIn(ServiceState state) {
        if (state == ServiceState.TERMINATING || state == ServiceState.KILLING) {
            look();
        }
    }

    /** Looks whether it is over, and again in a while where it is not; a change of the state ends that. */
    void look() {
        look(FIRST_LOOK);
    }

    private void look(Duration next) {
        if (processes.isGone()) {
            gone.run();
        } else {
            Duration longer = next.multipliedBy(2);
            timers.look(next, () -> look(longer.compareTo(LONGEST_LOOK) > 0 ? LONGEST_LOOK : longer));
        }
    }
}
