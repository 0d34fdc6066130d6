package dev.activator.it.promises;

import static dev.activator.it.rig.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.it.rig.Command;
import dev.activator.it.rig.LineClient;
import dev.activator.it.rig.NeedsProgram;
import dev.activator.it.rig.NeedsRoot;
import dev.activator.it.rig.SuperServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Idle services sleep, whatever they are and however they behave, and the next client is served. */
class SleepTest {

    @Nested
    @NeedsProgram({"nginx", "curl"})
    class Nginx {
        @RegisterExtension
        final SuperServer server = SuperServer.over("asleep-nginx");

        @Test
        void itSleepsBetweenItsClientsAndNobodyNotices() {
            String first = get();
            long pid = server.mainPid("nginx.service");
            server.awaitState("nginx.service", "inactive", "dead");
            assertThat(ProcessHandle.of(pid)).isEmpty();
            assertThat(server.state("nginx.socket")).isEqualTo("active (listening)");
            assertThat(get()).startsWith("tcp ").isNotEqualTo(first);
            server.awaitState("nginx.service", "inactive", "dead");
            assertThat(server.status("nginx.service").at("/state/result").asText())
                    .isEqualTo("success");
        }

        private String get() {
            return Command.of("curl", "-sS", "--fail", "--max-time", "20")
                    .and(List.of("http://127.0.0.1:" + server.port("web") + "/"))
                    .run()
                    .succeeded()
                    .out();
        }
    }

    @Nested
    class Jvm {
        @RegisterExtension
        final SuperServer server = SuperServer.over("asleep-java");

        @Test
        void itStandsStillThenGoesAndIsWokenOutOfEither() throws IOException {
            assertThat(LineClient.greeting(server.port("http"))).startsWith("hello 1 ");
            long pid = server.mainPid("http.service");
            server.awaitState("http.service", "active", "frozen");
            assertThat(LineClient.greeting(server.port("http"))).isEqualTo("hello 2 from " + pid);
            assertThat(server.log().await("standing still (PageOutAfterSec=)")).contains("MiB given back");
            server.awaitState("http.service", "inactive", "dead");
            assertThat(ProcessHandle.of(pid)).isEmpty();
            assertThat(LineClient.greeting(server.port("http"))).startsWith("hello 1 ");
        }
    }

    @Nested
    @NeedsProgram("perl")
    class Manners {
        @RegisterExtension
        final SuperServer server = SuperServer.over("ladder");

        private String greeting(String unit) throws IOException {
            return LineClient.greeting(server.port(unit));
        }

        @Test
        void oneThatIgnoresTheSignalIsKilledAndTheNextClientIsServed() throws IOException {
            String first = greeting("stubborn");
            assertThat(server.log().await("took longer than TimeoutStopSec=")).contains("stubborn.service");
            server.awaitState("stubborn.service", "failed", "failed");
            assertThat(greeting("stubborn")).startsWith("served ").isNotEqualTo(first);
        }

        @Test
        void oneWhoseFirstProcessLeavesIsEndedWithIt() throws IOException {
            assertThat(greeting("leaver")).startsWith("served ");
            server.awaitState("leaver.service", "inactive", "dead");
            assertThat(greeting("leaver")).startsWith("served ");
        }

        @Test
        void oneThatKeepsItsConnectionsOpenStaysAwakeAndSaysWhy() throws IOException {
            try (LineClient client = LineClient.tcp(server.port("keeper"))) {
                eventually(
                        "the look has seen the client",
                        () -> server.cli("status", "keeper").out().contains("no, used by 1 connection"));
                assertThat(client.readLine()).startsWith("served ");
                assertThat(server.state("keeper.service")).isEqualTo("active (running)");
            }
            server.cli("stop", "keeper").succeeded();
        }

        @Test
        void oneThatIsKilledWhileItStandsStillIsStartedAnew() throws IOException {
            String first = greeting("frozen");
            server.awaitState("frozen.service", "active", "frozen");
            Command.of("sh", "-c", "kill -KILL " + server.mainPid("frozen.service"))
                    .run()
                    .succeeded();
            assertThat(greeting("frozen")).startsWith("served ").isNotEqualTo(first);
            assertThat(server.log().await("main process")).contains("frozen.service");
        }

        @Test
        void oneThatIsNeverReadyIsEndedAndTriedAgain() throws IOException {
            try (LineClient client = LineClient.tcp(server.port("notready"))) {
                assertThat(client.readAll()).startsWith("served ");
            }
            assertThat(server.log().await("TimeoutStartSec=")).contains("notready.service");
            assertThat(server.state("notready.socket")).startsWith("active ");
        }

        @Test
        void oneThatShutsTheSharedListenerDownIsNamedAndTheListenerOpenedAnew() throws IOException {
            try (LineClient client = LineClient.tcp(server.port("shutdown"))) {
                assertThat(server.log().await("somebody called shutdown() on the shared listener"))
                        .contains("shutdown.socket");
                assertThat(client.localPort()).isPositive();
            }
        }

        /** With IdleWhen=no-traffic a connection may stay open; its bytes thaw the service. */
        @Test
        void bytesOnAnOpenConnectionThawIt() throws IOException {
            try (LineClient client = LineClient.tcp(server.port("quiet"))) {
                client.send("one\n");
                String first = client.readLine();
                assertThat(first).endsWith(" one");
                server.awaitState("quiet.service", "active", "frozen");
                client.send("two\n");
                assertThat(client.readLine()).isEqualTo(first.replace("one", "two"));
            }
        }

        @Test
        void aConnectionThatSaysNothingDoesNotKeepItAwakeWhereProbesDoNotCount() throws IOException {
            List<LineClient> silent = new ArrayList<>();
            try {
                try (LineClient client = LineClient.tcp(server.port("probed"))) {
                    client.send("real\n");
                    assertThat(client.readLine()).endsWith(" real");
                    for (int i = 0; i < 5; i++) {
                        silent.add(LineClient.tcp(server.port("probed")));
                    }
                }
                server.awaitState("probed.service", "inactive", "dead");
            } finally {
                for (LineClient client : silent) {
                    client.close();
                }
            }
        }
    }

    /** Nobody has no cgroup of his own, so the processes are stopped one by one. */
    @Nested
    @NeedsRoot
    @NeedsProgram({"perl", "setpriv"})
    class WithoutCgroup {
        @RegisterExtension
        final SuperServer server = SuperServer.over("ladder").asNobody();

        @Test
        void itStandsStillAndTheNextClientIsServedByTheSameProcess() throws IOException {
            String first = LineClient.greeting(server.port("frozen"));
            server.awaitState("frozen.service", "active", "frozen");
            assertThat(server.status("frozen.service")
                            .at("/service/controlGroup")
                            .isMissingNode())
                    .isTrue();
            assertThat(LineClient.greeting(server.port("frozen"))).isEqualTo(first);
        }
    }

    @Nested
    class PortScan {
        private static final int UNITS = 8;

        @RegisterExtension
        final SuperServer server = SuperServer.over("scan");

        @ParameterizedTest
        @ValueSource(ints = {1, 20})
        void ofAllListenersWakesNothingThatWaitsForAFirstByte(int times) throws IOException {
            for (int i = 0; i < times * UNITS; i++) {
                LineClient.tcp(server.port("s" + i % UNITS)).close();
            }
            try (LineClient client = LineClient.tcp(server.port("s1"))) {
                client.send("real");
                client.finish();
                assertThat(client.readAll()).isEqualTo("real");
            }
            eventually("the last probes are gone", () -> queued() == 0);
            for (int i = 0; i < UNITS; i++) {
                assertThat(server.status("s" + i + ".socket")
                                .at("/socket/activations")
                                .asInt())
                        .as("wakes of s%d", i)
                        .isEqualTo(i == 1 ? 1 : 0);
            }
        }

        private int queued() {
            int queued = 0;
            for (int i = 0; i < UNITS; i++) {
                queued += server.status("s" + i + ".socket")
                        .at("/socket/listeners/0/queued")
                        .asInt();
            }
            return queued;
        }
    }
}
