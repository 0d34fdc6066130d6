package dev.activator.it.promises;

import static dev.activator.it.rig.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.it.rig.Command;
import dev.activator.it.rig.LineClient;
import dev.activator.it.rig.NeedsProgram;
import dev.activator.it.rig.SuperServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Prometheus can read the metrics of a super-server that has something to tell, and the rules that we give to it. */
@NeedsProgram({"promtool", "curl"})
class MetricsTest {
    @RegisterExtension
    final SuperServer server = SuperServer.over("asleep-java");

    private String metrics(String accept) {
        return Command.of("curl", "-sS", "--fail", "--max-time", "20", "-H", "Accept: " + accept)
                .and(List.of(
                        "--unix-socket",
                        server.scenario().runtime().resolve("control.sock").toString(),
                        "http://localhost/metrics"))
                .run()
                .succeeded()
                .out();
    }

    @Test
    void theyPassItsOwnCheckAndFollowWhatHappens() throws IOException {
        assertThat(LineClient.greeting(server.port("http"))).startsWith("hello 1 ");
        server.awaitState("http.service", "inactive", "dead");
        eventually(
                "its end is counted",
                () -> metrics("text/plain")
                        .contains("activator_service_ends_total{end=\"stopped\",unit=\"http.service\"} 1.0"));

        String metrics = metrics("text/plain");

        assertThat(metrics)
                .contains("activator_service_ends_total{end=\"frozen\",unit=\"http.service\"} 1.0")
                .contains("activator_service_wake_seconds_count{unit=\"http.service\"} 1")
                .contains("activator_service_awake{unit=\"http.service\"} 0.0")
                .contains("activator_socket_activations_total{unit=\"http.socket\"} 1.0");
        assertThat(Command.of("promtool", "check", "metrics")
                        .run(metrics)
                        .succeeded()
                        .text())
                .as("not even advice")
                .isBlank();
        assertThat(metrics("application/openmetrics-text")).endsWith("# EOF\n");
    }

    @Test
    void theRulesThatWeGiveAreValid() {
        Path rules = Path.of("../docs/metrics/alerts.yml").toAbsolutePath().normalize();
        assertThat(Command.of("promtool", "check", "rules", rules.toString())
                        .run()
                        .succeeded()
                        .text())
                .contains("6 rules found");
    }
}
