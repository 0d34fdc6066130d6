package dev.activator.server;

import dev.activator.config.ActivatorDirectives;
import dev.activator.config.SocketUnit;

/** What limits how often one socket unit wakes its service, with what was counted since it was declared so. */
record SocketRules(WakeGate gate, VainRuns vainRuns) {
    static SocketRules of(SocketUnit unit, Surroundings surroundings, Reception reception) {
        return new SocketRules(
                new WakeGate(unit, surroundings, reception), new VainRuns(unit.get(ActivatorDirectives.BACKOFF_MAX)));
    }

    void resetLimits() {
        gate.reset();
        vainRuns.reset();
    }
}
