package dev.activator.it.promises;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.it.rig.LineClient;
import dev.activator.it.rig.NeedsProgram;
import dev.activator.it.rig.NeedsRoot;
import dev.activator.it.rig.SuperServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A socket that cannot be bound says why, is tried again, and holds up nobody else. */
class BindTroubleTest {

    @Nested
    class PortInUse {

        @RegisterExtension
        final SuperServer server = SuperServer.over("bind").startedByTest();

        @Test
        void isSaidWithTheAddressAndHealsWhenThePortIsFreed() throws IOException {
            int port = server.port("wanted");
            ServerSocket squatter = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
            try {
                server.start();
                assertThat(server.log().await("EADDRINUSE"))
                        .contains("wanted.socket")
                        .contains("127.0.0.1:" + port);
                assertThat(LineClient.ask(server.port("other"), "unharmed")).isEqualTo("unharmed");
            } finally {
                squatter.close();
            }
            server.awaitState("wanted.socket", "active", "listening");
            server.expectSocketsAsNow();
            assertThat(LineClient.ask(port, "healed")).isEqualTo("healed");
        }
    }

    @Nested
    class StaleSocketFile {

        @RegisterExtension
        final SuperServer server = SuperServer.over("bind").startedByTest();

        @Test
        void ofASuperServerThatWasKilledIsTakenOver() throws IOException {
            server.scenario().addUnit("file.socket", "[Socket]\nListenStream=@DIR@/file.sock\nAccept=yes\n");
            server.scenario()
                    .addUnit(
                            "file@.service",
                            "[Service]\nExecStart=@BIN:cat@\nStandardInput=socket\nStandardOutput=socket\n");
            server.start();
            server.signal("KILL");
            server.awaitEnd();
            assertThat(Files.exists(server.file("file.sock"))).isTrue();
            server.start();
            try (LineClient client = LineClient.unix(server.file("file.sock"))) {
                client.send("back");
                client.finish();
                assertThat(client.readAll()).isEqualTo("back");
            }
        }
    }

    @Nested
    @NeedsRoot
    @NeedsProgram("setpriv")
    class NoPermission {

        @RegisterExtension
        final SuperServer server = SuperServer.over("bind").asNobody().startedByTest();

        @Test
        void isSaidWithTheErrorAndTheOtherUnitsRun() throws IOException {
            server.scenario().addUnit("forbidden.socket", "[Socket]\nListenStream=/proc/forbidden.sock\nAccept=yes\n");
            server.scenario().addUnit("forbidden@.service", "[Service]\nExecStart=@BIN:cat@\nStandardInput=socket\n");
            server.start();
            assertThat(server.log().await("/proc/forbidden.sock")).contains("forbidden.socket");
            assertThat(LineClient.ask(server.port("other"), "unharmed")).isEqualTo("unharmed");
        }
    }
}
