package dev.activator.it.promises;

import static dev.activator.it.rig.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.it.rig.Command;
import dev.activator.it.rig.LineClient;
import dev.activator.it.rig.Outcome;
import dev.activator.it.rig.ProcFs;
import dev.activator.it.rig.SuperServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Start, reload and end of the super-server itself. */
class LifeOfTheSuperServerTest {

    @RegisterExtension
    final SuperServer server = SuperServer.over("life");

    @Test
    void itSaysOnStandardOutputThatAllListenersAreBound() {
        eventually("it says so", () -> !server.out().text().isBlank());
        assertThat(server.api("/v1/server").path("listenersBound").asInt()).isEqualTo(3);
    }

    /** Whoever takes them out of their jars has the first client wait at each start. */
    @Test
    void itsNativeLibrariesAreFilesBesideTheJars() {
        assertThat(ProcFs.mappedFiles(server.pid()))
                .anyMatch(file -> file.contains("/lib/native/") && file.contains("libjffi"))
                .anyMatch(file -> file.contains("/lib/native/") && file.contains("libnetty_transport_native_epoll"));
    }

    @Test
    void sigtermHasEveryServiceStopByItsOwnSequenceAndLeavesNothing() throws IOException {
        LineClient toFront = LineClient.tcp(server.port("front"));
        LineClient toBack = LineClient.tcp(server.port("back"));
        LineClient toEcho = LineClient.tcp(server.port("echo"));
        eventually("both run", () -> order().size() == 2);
        eventually(
                "cat runs",
                () -> server.status("echo.socket").at("/socket/connections").asInt() == 1);

        assertThat(server.stop()).isZero();

        assertThat(order().subList(2, 4)).containsExactlyInAnyOrder("front stopped", "back stopped");
        assertThat(ProcFs.commandLinesWith(server.file("").toString())).isEmpty();
        toFront.close();
        toBack.close();
        toEcho.close();
    }

    @Test
    void sighupAddsAndRemovesUnitsAndTheConnectionsOfTheOthersLive() throws IOException {
        try (LineClient longTime = LineClient.tcp(server.port("echo"))) {
            longTime.send("before ");
            server.scenario().addUnit("added.socket", "[Socket]\nListenStream=127.0.0.1:@PORT:added@\nAccept=yes\n");
            Files.copy(
                    server.scenario().units().resolve("echo@.service"),
                    server.scenario().units().resolve("added@.service"));
            Files.delete(server.scenario().units().resolve("back.socket"));
            server.signal("HUP");
            server.awaitState("added.socket", "active", "listening");
            assertThat(LineClient.ask(server.port("added"), "new")).isEqualTo("new");
            eventually("the removed unit's port is closed", () -> isRefused(server.port("back")));
            longTime.send("after");
            longTime.finish();
            assertThat(longTime.readAll()).isEqualTo("before after");
        }
        server.awaitIdle("echo.socket");
        server.expectSocketsAsNow();
    }

    @Test
    void aSecondSuperServerOnTheSameControlSocketIsRefusedAndHarmsNobody() throws IOException {
        List<String> command = server.runCommand();
        Outcome second = Command.of(command.get(0))
                .and(command.subList(1, command.size()))
                .run();
        assertThat(second.exitCode()).isNotZero();
        assertThat(second.err()).contains("another super-server").contains("control.sock");
        assertThat(LineClient.ask(server.port("echo"), "unharmed")).isEqualTo("unharmed");
        server.awaitIdle("echo.socket");
    }

    private List<String> order() {
        try {
            return Files.exists(server.file("order")) ? Files.readAllLines(server.file("order")) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isRefused(int port) {
        try {
            LineClient.tcp(port).close();
            return false;
        } catch (IOException refused) {
            return true;
        }
    }
}
