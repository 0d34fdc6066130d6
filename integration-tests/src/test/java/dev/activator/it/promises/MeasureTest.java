package dev.activator.it.promises;

import static dev.activator.it.rig.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.activator.it.rig.Command;
import dev.activator.it.rig.Outcome;
import dev.activator.it.rig.SuperServer;
import dev.activator.it.rig.Transcript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The controlled experiment answers all clients in both runs, counts what /proc shows, and leaves nothing behind but its report. */
class MeasureTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int INTERRUPTED = 130;
    /** Of six, one serves each connection by a process of its own. */
    private static final int STANDING_SERVICES = 5;

    @TempDir
    private Path directory = Path.of("");

    @BeforeEach
    void writeUnits() {
        Command.of(SuperServer.launcher(), "demo", "--services", "6", "--write-units", units())
                .within(LIMIT)
                .run()
                .succeeded();
    }

    private String units() {
        return directory.resolve("units").toString();
    }

    private Command measure(String... more) {
        return Command.of(SuperServer.launcher(), "measure", "--units", units(), "--report", "report")
                .and(List.of(more))
                .in(directory)
                .within(LIMIT);
    }

    @Test
    void theSameClientsAreAnsweredInBothRunsAndLazilyLessRuns() throws IOException {
        String said = measure("--json", "--duration", "8s", "--arrivals", "poisson:2/s", "--idle-timeout", "500ms")
                .run()
                .succeeded()
                .out();

        JsonNode report = new ObjectMapper().readTree(said);
        JsonNode alwaysOn = report.path("alwaysOn");
        JsonNode lazy = report.path("lazy");
        assertThat(alwaysOn.path("clients").asInt()).isPositive();
        for (JsonNode run : List.of(alwaysOn, lazy)) {
            assertThat(run.path("answered").asInt())
                    .isEqualTo(alwaysOn.path("clients").asInt());
            assertThat(run.path("memoryMean").asLong()).isPositive();
            assertThat(run.path("cpuSeconds").asDouble()).isPositive();
        }
        assertThat(alwaysOn.path("processesMean").asDouble()).isCloseTo(STANDING_SERVICES, within(0.5));
        assertThat(lazy.path("processesMean").asDouble())
                .isLessThan(alwaysOn.path("processesMean").asDouble());
        assertThat(lazy.path("wakes").asInt()).isPositive();
        assertThat(lazy.path("memoryMean").asLong())
                .isGreaterThan(lazy.path("serverMemoryMean").asLong());
        assertThat(new ObjectMapper().readTree(directory.resolve("report.json").toFile()))
                .isEqualTo(report);
        assertThat(directory.resolve("report.html")).content().contains("<svg", "web-01.socket");
    }

    @Test
    void aTraceIsReplayedForTheSocketsThatAreNamed() throws IOException {
        Files.writeString(directory.resolve("trace"), "0.2 web-01\n0.4 clock-01\n0.6 web-01\n");

        String said = measure("web-01", "clock*", "--arrivals", "trace:trace")
                .run()
                .succeeded()
                .out();

        assertThat(said).contains("ALWAYS ON", "services woken", "report.html");
        JsonNode sockets = new ObjectMapper()
                .readTree(directory.resolve("report.json").toFile())
                .path("sockets");
        assertThat(sockets).hasSize(2);
        assertThat(sockets.get(1).path("socket").asText()).isEqualTo("web-01.socket");
        assertThat(sockets.get(1).path("clients").asInt()).isEqualTo(2);
    }

    @Test
    void mistakesAreToldBeforeAnythingRuns() {
        Outcome wrongName = measure("wbe-01").run();
        assertThat(wrongName.err()).contains("There is no socket unit 'wbe-01.socket'; did you mean 'web-01.socket'?");
        assertThat(measure("--arrivals", "often").run().err()).contains("poisson:RATE");
        assertThat(measure("--duration", "soon").run().err()).contains("--duration 'soon'");
        assertThat(directory.resolve("report.html")).doesNotExist();
    }

    @Test
    void ctrlCLeavesNoProcessAndNoFileBehind() throws IOException, InterruptedException {
        Process measure = Command.of(
                        "env", "--default-signal=INT", SuperServer.launcher(), "measure", "--units", units())
                .and(List.of("--duration", "1h"))
                .in(directory)
                .start();
        try {
            measure.getOutputStream().close();
            Transcript.of(measure.getErrorStream()).await("always on");
            List<ProcessHandle> processes = measure.descendants().toList();
            assertThat(processes).hasSizeGreaterThanOrEqualTo(STANDING_SERVICES);

            Command.of("sh", "-c", "kill -INT " + measure.pid()).run().succeeded();

            assertThat(measure.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(measure.exitValue()).isEqualTo(INTERRUPTED);
            Path files = Path.of(System.getProperty("java.io.tmpdir"), "activator-measure-on-" + measure.pid());
            assertThat(files).doesNotExist();
            eventually(
                    "all processes of the experiment are gone",
                    () -> processes.stream().noneMatch(ProcessHandle::isAlive));
        } finally {
            measure.destroyForcibly();
        }
    }
}
