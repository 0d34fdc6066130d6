package dev.activator.it.promises;

import static dev.activator.it.rig.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.activator.it.rig.LineClient;
import dev.activator.it.rig.SuperServer;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whom a socket lets in, and what the others get. */
class AccessTest {
    private static final Duration SHORT = Duration.ofMillis(500);

    @RegisterExtension
    final SuperServer server = SuperServer.over("access");

    private int activations(String socket) {
        return server.status(socket).at("/socket/activations").asInt();
    }

    @Test
    void everybodyIsGreetedBeforeTheServiceStarts() throws IOException {
        assertThat(LineClient.ask(server.port("banner"), "hello")).isEqualTo("welcome\nhello");
        server.awaitIdle("banner.socket");
    }

    @Test
    void oneWhoIsNotLetInIsTurnedAwayAndCountedAndTheOthersAreServed() throws IOException {
        try (LineClient stranger = LineClient.tcpFrom("127.0.0.2", server.port("denied"), SHORT)) {
            assertThat(stranger.readAll()).isEmpty();
        }
        assertThat(LineClient.ask(server.port("denied"), "hello")).isEqualTo("hello");
        assertThat(server.status("denied.socket").at("/socket/refused").asInt()).isEqualTo(1);
        assertThat(server.log().await("127.0.0.2")).contains("denied.socket", "DenyFrom=");
        server.awaitIdle("denied.socket");
    }

    @Test
    void whereTheServiceAcceptsTheKernelKeepsHimOutAndNothingIsWoken() throws IOException {
        assertThatThrownBy(() -> LineClient.tcpFrom("127.0.0.2", server.port("filtered"), SHORT))
                .isInstanceOf(SocketTimeoutException.class);
        assertThat(activations("filtered.socket")).isZero();
        assertThat(LineClient.greeting(server.port("filtered"))).startsWith("hello 1 ");
        assertThat(server.status("filtered.socket").at("/socket/droppedPackets").asInt())
                .isPositive();
    }

    @Test
    void whileAServiceFailsItsClientsAreToldSoInTheirOwnProtocol() throws IOException {
        LineClient.tcp(server.port("polite")).close();
        eventually(
                "it rests",
                () -> server.status("polite.socket")
                        .at("/socket/suspended/cause")
                        .asText()
                        .equals("service-failed"));
        try (LineClient client = LineClient.tcp(server.port("polite"))) {
            assertThat(client.readAll()).startsWith("HTTP/1.1 503").contains("Retry-After: 5");
        }
        assertThat(server.state("polite.socket")).startsWith("active ");
        server.cli("stop", "polite.socket").succeeded();
        server.expectSocketsAsNow();
    }

    @Test
    void oneWhoIsOverTheLimitIsToldToComeBack() throws IOException {
        try (LineClient first = LineClient.tcp(server.port("full"))) {
            first.send("occupied\n");
            assertThat(first.readLine()).isEqualTo("occupied");
            assertThat(LineClient.greeting(server.port("full"))).isEqualTo("come back later");
        }
        server.awaitIdle("full.socket");
    }

    @Test
    void whoComesTooFastWaitsAndIsServed() throws IOException {
        long begun = System.nanoTime();
        for (int i = 0; i < 5; i++) {
            assertThat(LineClient.ask(server.port("rated"), "hello")).isEqualTo("hello");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofSeconds(1));
        assertThat(server.log().await("ConnectionRate=2/1s reached")).contains("clients wait in the queue");
        server.awaitIdle("rated.socket");
    }
}
