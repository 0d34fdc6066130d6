package dev.activator.server;

import dev.activator.handoff.ChildProcess;
import dev.activator.handoff.LaunchFailure;
import dev.activator.handoff.LaunchPlan;
import dev.activator.handoff.Launcher;
import dev.activator.listener.Lull;

/** A launcher after whose spells of launches there is a lull: the time to give back what they needed. */
record Settling(Launcher launcher, Lull lull) implements Launcher {

    @Override
    public ChildProcess launch(LaunchPlan plan) throws LaunchFailure {
        lull.stir();
        return launcher.launch(plan);
    }

    @Override
    public void close() {
        launcher.close();
    }
}
