package dev.activator.it.promises;

import static dev.activator.it.rig.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.it.rig.LineClient;
import dev.activator.it.rig.NeedsProgram;
import dev.activator.it.rig.SuperServer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Units that need each other, woken by clients and told by an operator. */
@NeedsProgram("perl")
class NeedsTest {
    @RegisterExtension
    final SuperServer server = SuperServer.over("needs").startedByTest();

    @Test
    void aClientWakesAServiceWithWhatItNeedsAndBothSleepAgain() throws IOException {
        server.start();
        for (int i = 0; i < 3; i++) {
            assertThat(LineClient.greeting(server.port("web"))).isEqualTo("with db");
            server.awaitState("web.service", "inactive", "dead");
            server.awaitState("db.service", "inactive", "dead");
            assertThat(server.file("db.up")).doesNotExist();
            assertThat(server.state("web.socket")).isEqualTo("active (listening)");
        }
    }

    @Test
    void aClientWaitsUntilWhatTheServiceNeedsIsMended() throws IOException {
        server.scenario().addFile("db.broken", "");
        server.start();
        try (LineClient client = LineClient.tcp(server.port("web"))) {
            server.awaitState("web.service", "failed", "failed");
            assertThat(server.property("web.service", "Result")).isEqualTo("dependency");
            // Between two tries it says that it waits for another.
            eventually(
                    "web.service says what it lacks",
                    () -> server.property("web.service", "StatusReason")
                            .contains("db.service, which it needs, did not start"));
            assertThat(server.cli("start", "web").err()).contains("db.service, which it needs, did not start");
            Files.delete(server.file("db.broken"));
            assertThat(client.readAll()).isEqualTo("with db");
        }
    }

    @Test
    void aTargetStartsItsUnitsInOrderAndStopsThemInReverse() throws IOException {
        server.start();
        server.cli("start", "app.target").succeeded();
        assertThat(server.state("app.target")).isEqualTo("active (active)");
        assertThat(server.cli("list-dependencies", "--plain", "app.target").out())
                .isEqualTo("app.target\n  one.service\n  two.service\n");
        server.cli("stop", "app.target").succeeded();
        assertThat(notes()).containsExactly("one up", "two up", "two down", "one down");
    }

    @Test
    void theDefaultTargetStartsWithTheSuperServerAndEndsWithItInReverse() throws IOException {
        server.start();
        assertThat(server.cli("get-default").out()).isEqualTo("sockets.target\n");
        server.cli("set-default", "app.target").succeeded();
        server.stop();
        server.start();
        server.awaitState("app.target", "active", "active");
        assertThat(server.state("web.socket")).isEqualTo("inactive (dead)");
        server.stop();
        assertThat(notes()).containsExactly("one up", "two up", "two down", "one down");
    }

    @Test
    void isolatingATargetStopsEverythingElse() throws IOException {
        server.start();
        assertThat(LineClient.greeting(server.port("web"))).isEqualTo("with db");
        server.cli("isolate", "app.target").succeeded();
        assertThat(server.state("web.socket")).isEqualTo("inactive (dead)");
        assertThat(server.state("two.service")).isEqualTo("active (exited)");
        assertThat(server.cli("isolate", "web.service").err()).contains("Only a target can be isolated");
    }

    @Test
    void whatIsEnabledIsLinkedIntoItsTargetAndStartsWithIt() throws IOException {
        server.start();
        assertThat(server.cli("enable", "two.service").succeeded().err())
                .contains("Created symlink", "extra.target.wants");
        assertThat(server.property("two.service", "UnitFileState")).isEqualTo("enabled");
        assertThat(server.property("two.service", "WantedBy")).isEqualTo("app.target extra.target");
        server.cli("disable", "two.service").succeeded();
        assertThat(server.property("two.service", "UnitFileState")).isEqualTo("disabled");
        assertThat(server.property("two.service", "WantedBy")).isEqualTo("app.target");
        assertThat(server.cli("list-unit-files", "--state=disabled").out()).contains("two.service", "app.target");
    }

    private List<String> notes() throws IOException {
        return Files.readAllLines(server.file("notes"));
    }
}
