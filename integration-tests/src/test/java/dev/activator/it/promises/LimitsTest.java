package dev.activator.it.promises;

import static dev.activator.it.rig.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.it.rig.Command;
import dev.activator.it.rig.Crowd;
import dev.activator.it.rig.LineClient;
import dev.activator.it.rig.SuperServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Limits protect without tripping an ordinary client; what is stopped can be woken again. */
class LimitsTest {

    private static final int BURST = 600;

    @RegisterExtension
    final SuperServer server = SuperServer.over("limits");

    private final List<LineClient> holders = new ArrayList<>();

    @Test
    void aBurstOfOrdinaryConnectionsIsServedToTheLast() throws IOException {
        try (Crowd crowd = Crowd.connecting(BURST, server.port("burst"))) {
            crowd.awaitAnswers(Duration.ofSeconds(60));
            assertThat(crowd.failures()).isEmpty();
            assertThat(crowd.answers()).hasSize(BURST).containsOnly("served");
        }
        server.awaitIdle("burst.socket");
    }

    @Test
    void aClientAboveMaxConnectionsWaitsForAPlace() throws IOException {
        try (LineClient third = served("two", 2)) {
            assertThat(server.status("two.socket").at("/socket/connections").asInt())
                    .isEqualTo(2);
            giveUpPlaces();
            assertThat(third.readAll()).isEqualTo("third");
        }
        server.awaitIdle("two.socket");
    }

    private void giveUpPlaces() throws IOException {
        for (LineClient holder : holders) {
            holder.close();
        }
    }

    /** Takes up all places of a unit, then connects one client more. */
    private LineClient served(String unit, int places) throws IOException {
        for (int i = 0; i < places; i++) {
            LineClient client = LineClient.tcp(server.port(unit));
            client.send("occupied\n");
            holders.add(client);
        }
        eventually(
                "all places are taken",
                () -> server.status(unit + ".socket").at("/socket/connections").asInt() == places);
        LineClient client = LineClient.tcp(server.port(unit));
        client.send("third");
        client.finish();
        return client;
    }

    @Test
    void whereTheUnitSaysSoAClientAboveTheLimitIsRefusedAndThatIsSaidWithTheSetting() throws IOException {
        try (LineClient third = served("refusing", 2)) {
            assertThat(readOrReset(third)).isEmpty();
        }
        assertThat(server.log().await("MaxConnections=")).contains("refusing.socket");
        giveUpPlaces();
        server.awaitIdle("refusing.socket");
    }

    private static String readOrReset(LineClient client) {
        try {
            return client.readAll();
        } catch (IOException reset) {
            return "";
        }
    }

    @Test
    void anIdleServiceIsStoppedAndTheNextClientWakesIt() throws IOException {
        assertThat(LineClient.greeting(server.port("idle"))).startsWith("hello 1 ");
        server.awaitState("idle.service", "inactive", "dead");
        assertThat(LineClient.greeting(server.port("idle"))).startsWith("hello 1 ");
        assertThat(server.status("idle.socket").at("/socket/activations").asInt())
                .isEqualTo(2);
    }

    @Test
    void aServiceThatIgnoresSigtermIsKilledAfterItsTimeoutAndStartsAgain() {
        server.cli("start", "stubborn.service").succeeded();
        server.awaitServiceOutput("stubborn.service", "ready");
        long pid = server.mainPid("stubborn.service");
        server.cli("stop", "stubborn.service");
        assertThat(ProcessHandle.of(pid)).isEmpty();
        assertThat(server.status("stubborn.service").at("/state/result").asText())
                .isEqualTo("timeout");
        server.awaitServiceOutput("stubborn.service", "stopping " + pid);
        server.awaitServiceOutput("stubborn.service", "stopped");
        server.cli("start", "stubborn.service").succeeded();
        server.awaitServiceOutput("stubborn.service", "ready " + server.mainPid("stubborn.service"));
        server.cli("stop", "stubborn.service");
    }

    @Test
    void restartAlwaysBringsAServiceBack() {
        server.cli("start", "always.service").succeeded();
        long first = server.mainPid("always.service");
        Command.of("sh", "-c", "kill -KILL " + first).run().succeeded();
        eventually(
                "it runs again",
                () -> server.mainPid("always.service") != first && server.mainPid("always.service") != 0);
        assertThat(server.status("always.service").at("/service/restarts").asInt())
                .isEqualTo(1);
        server.cli("stop", "always.service").succeeded();
        assertThat(server.state("always.service")).isEqualTo("inactive (dead)");
    }
}
