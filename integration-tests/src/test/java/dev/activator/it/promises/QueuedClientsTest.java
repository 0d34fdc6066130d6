package dev.activator.it.promises;

import static dev.activator.it.rig.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.it.rig.Command;
import dev.activator.it.rig.Crowd;
import dev.activator.it.rig.SuperServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A connection that the kernel took is never lost by us, whatever happens to the service. */
class QueuedClientsTest {

    private static final int CLIENTS = 20;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @RegisterExtension
    final SuperServer server = SuperServer.over("queue");

    @BeforeEach
    void makeTheGate() {
        Command.of("mkfifo", server.file("gate").toString()).run().succeeded();
    }

    @Test
    void killingTheServiceWhileClientsAreQueuedLosesNone() throws IOException {
        try (Crowd crowd = Crowd.connecting(CLIENTS, server.port("gated")).awaitConnected()) {
            server.awaitState("gated.service", "active", "running");
            long first = server.mainPid("gated.service");
            kill(first);
            eventually(
                    "another instance runs",
                    () -> server.mainPid("gated.service") != first && server.mainPid("gated.service") != 0);
            Files.writeString(server.file("gate"), "open");
            crowd.awaitAnswers(LIMIT);
            assertThat(crowd.failures()).isEmpty();
            assertThat(crowd.answers())
                    .hasSize(CLIENTS)
                    .allMatch(answer -> answer.endsWith(" from " + server.mainPid("gated.service")));
        }
    }

    @Test
    void stoppingTheServiceWhileClientsAreQueuedLosesNone() throws IOException {
        try (Crowd crowd = Crowd.connecting(CLIENTS, server.port("gated")).awaitConnected()) {
            server.awaitState("gated.service", "active", "running");
            server.cli("stop", "gated.service").succeeded();
            Files.writeString(server.file("gate"), "open");
            crowd.awaitAnswers(LIMIT);
            assertThat(crowd.failures()).isEmpty();
            assertThat(crowd.answers()).hasSize(CLIENTS);
        }
    }

    @Test
    void aCrashLoopKeepsTheListenerAndTheQueuedClientIsServedOnceItIsMended() throws IOException {
        try (Crowd crowd = Crowd.connecting(1, server.port("crashing")).awaitConnected()) {
            eventually("it was tried eight times, more than systemd would", () -> attempts() >= 8);
            Files.createFile(server.file("mended"));
            crowd.awaitAnswers(LIMIT);
            assertThat(crowd.failures()).isEmpty();
            assertThat(crowd.answers()).hasSize(1).first().asString().startsWith("hello 1 ");
        }
        assertThat(server.log().text()).contains("crashing.service").contains("3");
    }

    @Test
    void clientsThatOneRunOfTheServiceDoesNotReachAreServedByTheNext() throws IOException {
        try (Crowd crowd = Crowd.connecting(6, server.port("few"))) {
            crowd.awaitAnswers(LIMIT);
            assertThat(crowd.failures()).isEmpty();
            assertThat(crowd.answers()).hasSize(6);
        }
        assertThat(server.status("few.socket").at("/socket/activations").asInt())
                .isEqualTo(3);
    }

    private long attempts() {
        try {
            return Files.exists(server.file("attempts"))
                    ? Files.readAllLines(server.file("attempts")).size()
                    : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void kill(long pid) {
        Command.of("sh", "-c", "kill -KILL " + pid).run().succeeded();
    }
}
