package dev.activator.it.promises;

import static dev.activator.it.rig.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.it.rig.LineClient;
import dev.activator.it.rig.SuperServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Connections that the super-server accepts and passes to a service that runs. */
class PassingTest {
    @Nested
    class One {
        @RegisterExtension
        final SuperServer server = SuperServer.over("passed");

        @Test
        void aSleepingServiceIsWokenByTheFirstConnectionAndGetsExactlyIt() throws IOException {
            try (LineClient client = LineClient.tcp(server.port("web"))) {
                client.send("first bytes" + "\n");
                String answer = client.readLine();
                assertThat(answer)
                        .isEqualTo("first bytes from " + server.mainPid("web.service") + " to /127.0.0.1:"
                                + client.localPort() + " at web.socket");
            }
            server.awaitState("web.service", "inactive", "dead");
            assertThat(LineClient.ask(server.port("web"), "again")).startsWith("again from ");
        }

        @Test
        void aFrozenServiceIsThawedByTheNextConnection() throws IOException {
            server.scenario()
                    .addUnit(
                            "web.service.d/frozen.conf",
                            "[Service]\nNonBlocking=yes\n[X-Activator]\nIdleAction=freeze\n");
            server.cli("daemon-reload").succeeded();
            assertThat(LineClient.ask(server.port("web"), "first")).startsWith("first from ");
            server.awaitState("web.service", "active", "frozen");
            long pid = server.mainPid("web.service");
            assertThat(LineClient.ask(server.port("web"), "second")).startsWith("second from " + pid + " ");
            server.cli("stop", "web.service").succeeded();
        }

        @Test
        void aWorkerWithoutDescriptorsLeavesWhoDoesNotFitToAnotherRun() throws IOException {
            server.scenario().addUnit("web.service.d/few.conf", "[Service]\nLimitNOFILE=48\n");
            server.scenario().addUnit("web.socket.d/soon.conf", "[X-Activator]\nWorkerTimeoutSec=1s\n");
            server.cli("daemon-reload").succeeded();
            List<LineClient> clients = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                LineClient client = LineClient.tcp(server.port("web"));
                client.send("client " + i + "\n");
                clients.add(client);
            }
            Set<String> pids = new HashSet<>();
            for (int i = 0; i < clients.size(); i++) {
                String answer = clients.get(i).readLine();
                assertThat(answer).startsWith("client " + i + " from ");
                pids.add(answer.split(" ", -1)[3]);
            }
            for (LineClient client : clients) {
                client.close(); // not before all have their answer, so that none of them makes room
            }
            assertThat(pids).as("one run alone could not").hasSizeGreaterThan(1);
            server.awaitState("web.service", "inactive", "dead");
        }

        @Test
        void whatAKilledWorkerHasNotTakenAnotherOneServes() throws IOException {
            server.scenario().addFile("stuck", "");
            List<LineClient> clients = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                LineClient client = LineClient.tcp(server.port("web"));
                client.send("client " + i + "\n");
                clients.add(client);
            }
            String first = clients.get(0).readLine();
            assertThat(first).startsWith("client 0 from ");
            long stuck = server.mainPid("web.service");
            ProcessHandle.of(stuck).orElseThrow().destroyForcibly();
            for (int i = 1; i < clients.size(); i++) {
                assertThat(clients.get(i).readLine())
                        .startsWith("client " + i + " from ")
                        .doesNotContain(" " + stuck + " ");
            }
            for (LineClient client : clients) {
                client.close();
            }
            server.awaitState("web.service", "inactive", "dead");
        }
    }

    @Nested
    class Pool {
        @RegisterExtension
        final SuperServer server = SuperServer.over("pool");

        private long running() {
            return IntStream.rangeClosed(1, 3)
                    .filter(i -> server.mainPid("web@" + i + ".service") != 0)
                    .count();
        }

        @Test
        void itGrowsUnderLoadAndGoesBackToNothing() throws IOException {
            assertThat(running()).isZero();
            List<LineClient> clients = new ArrayList<>();
            Set<String> pids = new HashSet<>();
            for (int i = 1; i <= 3; i++) {
                LineClient client = LineClient.tcp(server.port("web"));
                client.send("x" + "\n");
                clients.add(client);
                pids.add(client.readLine().split(" ", -1)[2]);
                assertThat(running()).isEqualTo(i);
            }
            assertThat(pids).hasSize(3);
            LineClient fourth = LineClient.tcp(server.port("web"));
            fourth.send("waits" + "\n");
            clients.get(1).close();
            assertThat(fourth.readLine()).startsWith("waits from ");
            for (LineClient client : clients) {
                client.close();
            }
            fourth.close();
            eventually("no worker runs", () -> running() == 0);
            assertThat(server.log().text()).doesNotContain("error");
        }
    }
}
