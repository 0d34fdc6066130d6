package dev.activator.handoff;

import dev.activator.handoff.kernel.SignalDispatch;
import dev.activator.listener.Loop;
import java.util.concurrent.RejectedExecutionException;

/** Signals that an admin or an init system sends to the super-server itself, told on the loop's thread. signal(7). */
public final class Signals {
    private Signals() {}

    /** SIGTERM: end, and the services with you. */
    public static void onTerm(Loop loop, Runnable task) {
        on("TERM", loop, task);
    }

    /** SIGINT: Ctrl-C. */
    public static void onInterrupt(Loop loop, Runnable task) {
        on("INT", loop, task);
    }

    /** SIGHUP: read the unit files again. */
    public static void onHangup(Loop loop, Runnable task) {
        on("HUP", loop, task);
    }

    static void on(String name, Loop loop, Runnable task) {
        SignalDispatch.onSignal(name, () -> {
            try {
                loop.execute(task);
            } catch (RejectedExecutionException loopEnded) {
                // Nobody is left whom the signal could concern.
            }
        });
    }
}
