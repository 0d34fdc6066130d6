package dev.activator.server;

import dev.activator.handoff.ChildProcess;
import dev.activator.handoff.LaunchFailure;
import dev.activator.handoff.LaunchPlan;
import dev.activator.handoff.Launcher;
import dev.activator.listener.Loop;
import java.time.Duration;

/**
 * A launcher that notices when nothing has been launched for a while, once after each spell of launches: the time to give back what they
 * needed. While nothing is launched it costs nothing, not even a timer.
 */
final class Settling implements Launcher {
    /** By then the compiler has caught up, too. */
    static final Duration QUIET = Duration.ofSeconds(3);

    private final Launcher launcher;
    private final Loop loop;
    private final Runnable settled;
    private boolean isActive;
    private boolean launchedSince;

    /**
     * A launcher that launches by another.
     *
     * @param settled runs on the loop; must not block
     */
    Settling(Launcher launcher, Loop loop, Runnable settled) {
        this.launcher = launcher;
        this.loop = loop;
        this.settled = settled;
    }

    @Override
    public ChildProcess launch(LaunchPlan plan) throws LaunchFailure {
        launchedSince = true;
        if (!isActive) {
            isActive = true;
            look();
        }
        return launcher.launch(plan);
    }

    private void look() {
        if (launchedSince) {
            launchedSince = false;
            loop.after(QUIET, "giving memory back", this::look);
        } else {
            isActive = false;
            settled.run();
        }
    }

    @Override
    public void close() {
        launcher.close();
    }
}
