package dev.activator.it.daemons;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.it.rig.Command;
import dev.activator.it.rig.NeedsProgram;
import dev.activator.it.rig.SuperServer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Web servers that take over two listening sockets, one of TCP and one Unix socket, and accept by themselves. */
class WebServersTest {

    @Nested
    @NeedsProgram({"nginx", "curl"})
    class Nginx {

        @RegisterExtension
        final SuperServer server = SuperServer.over("nginx");

        @Test
        void theFirstRequestWakesItAndTheSecondMeetsTheSameProcess() {
            String first = get(server);
            assertThat(first).startsWith("tcp ");
            assertThat(get(server)).isEqualTo(first);
            assertThat(getUnix(server)).isEqualTo(first.replace("tcp", "unix"));
            assertThat(server.status("nginx.socket").at("/socket/activations").asInt())
                    .isEqualTo(1);
        }

        @Test
        void aRequestAfterAStopWakesItAgain() {
            String first = get(server);
            server.cli("stop", "nginx.service").succeeded();
            assertThat(server.mainPid("nginx.service")).isZero();
            assertThat(getUnix(server)).startsWith("unix ").isNotEqualTo(first.replace("tcp", "unix"));
        }
    }

    @Nested
    @NeedsProgram({"haproxy", "curl"})
    class Haproxy {

        @RegisterExtension
        final SuperServer server = SuperServer.over("haproxy");

        @Test
        void theFirstRequestWakesItOnEitherSocketAndItReportsThatItIsReady() {
            assertThat(getUnix(server)).isEqualTo("served by haproxy\n");
            assertThat(get(server)).isEqualTo("served by haproxy\n");
            server.awaitState("haproxy.service", "active", "running");
        }
    }

    private static String get(SuperServer server) {
        return curl("http://127.0.0.1:" + server.port("web") + "/");
    }

    private static String getUnix(SuperServer server) {
        return curl("--unix-socket", server.file("web.sock").toString(), "http://localhost/");
    }

    private static String curl(String... arguments) {
        return Command.of("curl", "-sS", "--fail", "--max-time", "20")
                .and(java.util.List.of(arguments))
                .run()
                .succeeded()
                .out();
    }
}
