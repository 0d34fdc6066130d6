package dev.activator.experiment;

import dev.activator.cli.ExitStatus;
import dev.activator.cli.Failure;
import dev.activator.cli.MeasureOptions;
import dev.activator.cli.Terminal;
import dev.activator.config.UnitName;
import dev.activator.control.Outcome;
import dev.activator.control.Verb;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Carries out one of the two runs, over a super-server of its own. */
final class Trial {
    private static final Duration SETTLING = Duration.ofSeconds(3);
    /** Below this, starting more would have the kernel take memory from others. */
    private static final long LEAST_FREE_MEBIBYTES = 200;

    private static final int LOOKS = 120;
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);

    private final MeasureOptions options;
    private final Subjects subjects;
    private final Arrivals arrivals;
    private final Terminal says;

    Trial(MeasureOptions options, Subjects subjects, Arrivals arrivals, Terminal says) {
        this.options = options;
        this.subjects = subjects;
        this.arrivals = arrivals;
        this.says = says;
    }

    /** @param workspace whose directory of sockets is where the subjects are placed */
    Course run(Mode mode, Workspace workspace, Clients clients) throws IOException, InterruptedException {
        Overlay.write(workspace.units(), subjects, mode, options.idleTimeout());
        try (SuperServer server = SuperServer.start(Launcher.find(), workspace, words())) {
            server.awaitReady();
            double startSeconds = mode == Mode.ALWAYS_ON ? startAll(server) : 0;
            Thread.sleep(SETTLING.toMillis());
            Meter meter = new Meter(server.pid());
            try (MeterThread looking = MeterThread.start(meter, pause())) {
                Progress line = new Progress(says, mode.label());
                List<Visit> visits = clients.receive(
                        arrivals,
                        come -> line.update(come + " of " + arrivals.each().size() + " clients"));
                List<Look> looks = looking.end();
                line.end(visits.size() + (visits.size() == 1 ? " client" : " clients") + " in "
                        + Math.round(looks.get(looks.size() - 1).seconds()) + " s");
                return new Course(startSeconds, looks, visits, wakes(server), meter.unknown());
            } catch (IOException trouble) {
                throw server.failure(mode.label() + ": " + trouble.getMessage());
            }
        }
    }

    private List<String> words() {
        List<String> words = new ArrayList<>();
        for (Path directory : options.unitDirectories()) {
            words.addAll(List.of("--units", directory.toString()));
        }
        if (options.allowUnsupportedHardening()) {
            words.add("--allow-unsupported-hardening");
        }
        return words;
    }

    private double startAll(SuperServer server) throws IOException {
        long begin = System.nanoTime();
        List<UnitName> services = subjects.chosen().stream()
                .map(Subject::standingService)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        Progress line = new Progress(says, "starting all");
        for (int i = 0; i < services.size(); i++) {
            checkMemory(i, services.size());
            Outcome outcome =
                    server.client().request(Verb.START, List.of(services.get(i).toString()), Map.of());
            if (outcome.exitStatus() != 0) {
                throw server.failure(services.get(i) + " did not start, so it cannot be kept running: "
                        + outcome.units().get(0).message());
            }
            line.update((i + 1) + " of " + services.size() + " services");
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        line.end(services.size() + " services in " + Math.round(seconds) + " s");
        return seconds;
    }

    private static void checkMemory(int started, int wanted) throws IOException {
        if (AvailableMemory.mebibytes() < LEAST_FREE_MEBIBYTES) {
            throw new Failure(
                    ExitStatus.FAILED,
                    "There is too little memory to keep " + wanted + " services running; it suffices for about "
                            + started + ". Name fewer sockets.");
        }
    }

    /** How often it is looked at: often enough for a curve, not so often that looking counts. */
    private Duration pause() {
        Duration pause = arrivals.duration().dividedBy(LOOKS);
        return pause.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : pause;
    }

    private static int wakes(SuperServer server) {
        return server.client().savings(Instant.EPOCH).units().stream()
                .mapToInt(unit -> unit.wakes())
                .sum();
    }
}
