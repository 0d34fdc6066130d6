package dev.activator.it.promises;

import static dev.activator.it.rig.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.activator.it.rig.Command;
import dev.activator.it.rig.LineClient;
import dev.activator.it.rig.NeedsProgram;
import dev.activator.it.rig.SuperServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is said to be saved is what somebody sees who looks at /proc alone, and it outlives the super-server. */
@NeedsProgram("python3")
class SavingsTest {
    private static final String SERVICE = "http.service";
    private static final double MOST_OFF_PERCENT = 5;

    @RegisterExtension
    final SuperServer server = SuperServer.over("ledger");

    private final ObjectMapper json = new ObjectMapper();

    private JsonNode savings(String since) {
        return server.json("savings", "--since", since);
    }

    private void serveOnce() throws IOException {
        assertThat(LineClient.greeting(server.port("http"))).startsWith("hello 1 ");
        server.awaitState(SERVICE, "inactive", "dead");
    }

    @Test
    void theLedgerAgreesWithAWitnessAndIsNotForgotten() throws IOException {
        Process witness = Command.of("python3", server.file("witness.py").toString())
                .and(List.of("dev.activator.it.services.GreetingService"))
                .start();
        JsonNode seen;
        JsonNode said;
        try (BufferedReader out = witness.inputReader(StandardCharsets.UTF_8)) {
            double begin = json.readTree(out.readLine()).path("begin").asDouble();
            Instant since = Instant.ofEpochMilli(Math.round(begin * 1000));
            serveOnce();
            serveOnce();
            eventually("it has slept for a while", () -> asleepSeconds(since) > 3);
            said = savings(since.toString());
            Instant until = Instant.parse(said.path("until").asText());
            witness.outputWriter(StandardCharsets.UTF_8)
                    .append(until.toEpochMilli() / 1000.0 + "\n")
                    .flush();
            seen = json.readTree(out.readLine());
        } finally {
            witness.destroy();
        }
        JsonNode unit = said.path("units").get(0);
        assertThat(unit.path("unit").asText()).isEqualTo(SERVICE);
        assertThat(unit.at("/footprint/memory").asDouble())
                .isCloseTo(seen.path("memory").asDouble(), withPercentage(MOST_OFF_PERCENT));
        assertThat(unit.path("memoryByteSeconds").asDouble())
                .isCloseTo(seen.path("byteSeconds").asDouble(), withPercentage(MOST_OFF_PERCENT));
        assertThat(said.path("netMemoryByteSeconds").asDouble())
                .isCloseTo(
                        unit.path("memoryByteSeconds").asDouble()
                                - said.at("/own/memoryByteSeconds").asDouble(),
                        within(1.0));
        assertThat(unit.path("wakes").asInt()).isEqualTo(2);

        assertThat(server.stop()).isZero();
        server.start();

        JsonNode after = savings("1h").path("units").get(0);
        assertThat(after.path("wakes").asInt()).isEqualTo(2);
        assertThat(after.path("asleepSeconds").asDouble())
                .isGreaterThanOrEqualTo(unit.path("asleepSeconds").asDouble());
        assertThat(server.cli("why", "http").succeeded().out())
                .containsPattern("by connection of 127\\.0\\.0\\.1:\\d+ on 127\\.0\\.0\\.1:")
                .contains("idle: no connection for 3s");
        JsonNode runs = server.json("activations", "http");
        assertThat(runs).hasSize(2);
        assertThat(runs.get(0).path("end").asText()).isEqualTo("stopped");
    }

    private double asleepSeconds(Instant since) {
        return savings(since.toString())
                .path("units")
                .get(0)
                .path("asleepSeconds")
                .asDouble();
    }
}
