package dev.activator.server;

import dev.activator.config.ServiceDirectives;
import dev.activator.handoff.NotifyMessage;

/** What a service says of itself, and what follows when it falls silent. sd_notify(3), systemd.service(5) WatchdogSec=. */
final class Supervision {
    private final EventLog log;
    private final InstanceTimers timers;
    private final Machine machine;

    Supervision(EventLog log, InstanceTimers timers, Machine machine) {
        this.log = log;
        this.timers = timers;
        this.machine = machine;
    }

    void onNotify(NotifyMessage message) {
        message.status().ifPresent(machine.run()::say);
        ServiceState state = machine.state();
        if (message.isReady() && state == ServiceState.STARTING && ServicePolicy.waitsForReady(machine.unit())) {
            machine.mainStarted();
        } else if (message.isReloading() && state == ServiceState.READY) {
            machine.enter(ServiceState.RELOADING, "it said RELOADING=1");
        } else if (message.isReady() && state == ServiceState.RELOADING) {
            machine.enter(ServiceState.READY, "reloaded");
        } else if (message.isStopping() && state == ServiceState.READY) {
            machine.enter(ServiceState.TERMINATING, "it said STOPPING=1");
        }
        if (message.isWatchdogPing()) {
            watch();
        }
    }

    /** Gives it WatchdogSec= from now; nothing where it is not ready or has none. */
    void watch() {
        if (machine.state() == ServiceState.READY) {
            timers.watchdog(machine.unit().get(ServiceDirectives.WATCHDOG), this::hangs);
        }
    }

    private void hangs() {
        machine.run().complain(log, machine.unit().name(), "no WATCHDOG=1 within WatchdogSec=, aborting it");
        machine.run().endedWith(RunResult.WATCHDOG);
        machine.hangs();
    }
}
