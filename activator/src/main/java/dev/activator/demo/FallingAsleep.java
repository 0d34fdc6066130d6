package dev.activator.demo;

import dev.activator.cli.TimeText;
import dev.activator.control.ActiveState;
import dev.activator.control.UnitStatus;
import dev.activator.experiment.Progress;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

/** Services that are stopped because nobody is connected to them. */
final class FallingAsleep {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long NANOS_PER_MICRO = 1000;
    private static final double NANOS_PER_SECOND = 1e9;

    private FallingAsleep() {}

    /**
     * Watches the first JVM service, which has just lost its last client, until it is stopped.
     *
     * @return how long that took, in microseconds
     */
    static long watch(Stage stage) throws IOException, InterruptedException {
        Screen screen = stage.screen();
        String unit = stage.first(ServiceKind.WEB).serviceUnit();
        screen.step("Nobody is connected: the service goes, the socket stays");
        screen.say("All clients have left. IdleTimeoutSec=" + UnitText.IDLE_TIMEOUT
                + " is in the unit's section [X-Activator], which" + " systemd ignores.");
        long begin = System.nanoTime();
        Progress progress = screen.progress(unit);
        Polling.await("the stop of " + unit, PATIENCE, () -> {
            progress.update(
                    String.format(Locale.ROOT, "idle for %.1f s", (System.nanoTime() - begin) / NANOS_PER_SECOND));
            return isDown(stage, unit);
        });
        long micros = (System.nanoTime() - begin) / NANOS_PER_MICRO;
        progress.end("stopped " + TimeText.measured(micros) + " later");
        stage.commands()
                .show("list-sockets", "--stats", stage.first(ServiceKind.WEB).socketUnit());
        screen.pause();
        return micros;
    }

    /** Waits until no service has a process. */
    static void awaitAll(Stage stage) throws IOException, InterruptedException {
        Progress progress = stage.screen().progress("Waiting until they are idle and stopped");
        Polling.await("the stop of all services", PATIENCE, () -> {
            int running = stage.client().server().servicesRunning();
            progress.update(running + " still running");
            return running == 0;
        });
        progress.end("all stopped");
    }

    private static boolean isDown(Stage stage, String unit) {
        return stage.client()
                .unit(unit)
                .map((UnitStatus status) -> status.state().active())
                .filter(active -> active == ActiveState.INACTIVE || active == ActiveState.FAILED)
                .isPresent();
    }
}
