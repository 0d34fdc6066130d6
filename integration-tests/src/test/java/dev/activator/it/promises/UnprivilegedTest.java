package dev.activator.it.promises;

import static dev.activator.it.rig.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.it.rig.LineClient;
import dev.activator.it.rig.NeedsProgram;
import dev.activator.it.rig.NeedsRoot;
import dev.activator.it.rig.ProcFs;
import dev.activator.it.rig.SuperServer;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nothing of the basic service needs root: here the user {@code nobody} without any capability runs it. */
@NeedsRoot
@NeedsProgram("setpriv")
class UnprivilegedTest {

    @RegisterExtension
    final SuperServer server = SuperServer.over("inetd").asNobody();

    @Test
    void servicesAreStartedWithTheUsersOwnRights() throws IOException {
        assertThat(ProcFs.status(server.pid(), "Uid")).startsWith("65534");
        assertThat(ProcFs.status(server.pid(), "CapEff")).isEqualTo("0000000000000000");
        assertThat(LineClient.ask(server.port("echo"), "no root")).isEqualTo("no root");
        assertThat(LineClient.ask(server.port("echo"), "again")).isEqualTo("again");
        server.awaitIdle("echo.socket");
        assertThat(server.stop()).isZero();
    }

    /** No cgroup tells a user's super-server what a killed one had launched; what lives on holds the sockets. */
    @Test
    void servicesThatAKilledOneLeftAreEndedSoThatTheNextCanBind() throws IOException {
        try (LineClient served = LineClient.tcp(server.port("echo"))) {
            served.send("before the end");
            eventually(
                    "it is served",
                    () -> server.status("echo.socket").at("/socket/connections").asInt() == 1);
            server.signal("KILL");
            server.awaitEnd();

            server.start();

            assertThat(server.log().text())
                    .contains("ended processes of echo@")
                    .contains("left by an earlier super-server");
            assertThat(LineClient.ask(server.port("echo"), "again")).isEqualTo("again");
        }
    }

    @Test
    void rootMayAskAndChange() throws IOException {
        assertThat(server.cli("list-sockets").succeeded().out()).contains("echo.socket");
        server.cli("stop", "echo.socket").succeeded();
        assertThat(server.state("echo.socket")).isEqualTo("inactive (dead)");
    }
}
