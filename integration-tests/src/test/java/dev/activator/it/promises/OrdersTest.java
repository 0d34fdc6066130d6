package dev.activator.it.promises;

import static dev.activator.it.rig.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.it.rig.Crowd;
import dev.activator.it.rig.LineClient;
import dev.activator.it.rig.NeedsProgram;
import dev.activator.it.rig.Outcome;
import dev.activator.it.rig.Programs;
import dev.activator.it.rig.SuperServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an operator orders of a service while clients go on coming. */
@NeedsProgram("perl")
class OrdersTest {
    private static final int CLIENTS = 500;

    @RegisterExtension
    final SuperServer server = SuperServer.over("upgrade");

    @BeforeEach
    void installTheOldVersion() throws IOException {
        install("old");
    }

    /** As a package manager does it: the new program takes the old one's name. */
    private void install(String version) throws IOException {
        Path fresh = server.scenario()
                .addFile(
                        "web.new",
                        "#!" + Programs.path("perl") + "\n"
                                + "open(my $listener, '+<&=', 3) or die;\n"
                                + "while (1) {\n"
                                + "  accept(my $client, $listener) or next;\n"
                                + "  syswrite $client, \"" + version + "\\n\";\n"
                                + "}\n");
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.move(fresh, server.file("web"), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void clientsWhoComeDuringAnUpgradeAreAllServedByTheNewVersion() throws IOException {
        assertThat(LineClient.greeting(server.port("web"))).isEqualTo("old");
        server.cli("hold", "web", "--reason", "upgrade", "--for", "10min").succeeded();
        server.cli("stop", "web").succeeded();
        try (Crowd crowd = Crowd.connecting(CLIENTS, server.port("web")).awaitConnected()) {
            install("new");
            server.cli("daemon-reload").succeeded();
            assertThat(server.state("web.socket")).isEqualTo("active (held)");
            assertThat(server.mainPid("web.service")).isZero();
            assertThat(server.cli("status", "web.socket").out()).contains("hold of web.service", "\"upgrade\"");
            server.cli("release", "web").succeeded();
            crowd.awaitAnswers(Duration.ofSeconds(30));
            assertThat(crowd.failures()).isEmpty();
            assertThat(crowd.answers()).hasSize(CLIENTS).containsOnly("new");
        }
    }

    @Test
    void drainingLetsWhoIsBeingServedFinishAndTheNextOneWait() throws IOException {
        assertThat(LineClient.greeting(server.port("web"))).isEqualTo("old");
        server.cli("drain", "web", "--reason", "upgrade").succeeded();
        assertThat(server.state("web.service")).isEqualTo("inactive (dead)");
        try (Crowd crowd = Crowd.connecting(CLIENTS, server.port("web")).awaitConnected()) {
            install("new");
            server.cli("release", "web").succeeded();
            crowd.awaitAnswers(Duration.ofSeconds(30));
            assertThat(crowd.answers()).hasSize(CLIENTS).containsOnly("new");
        }
    }

    @Test
    void whatIsFrozenAnswersOnceItThaws() throws IOException {
        assertThat(LineClient.greeting(server.port("web"))).isEqualTo("old");
        long pid = server.mainPid("web.service");
        server.cli("freeze", "web", "--reason", "look at it").succeeded();
        assertThat(server.state("web.service")).isEqualTo("active (frozen)");
        try (LineClient client = LineClient.tcp(server.port("web"))) {
            assertThat(server.state("web.socket")).isEqualTo("active (held)");
            server.cli("thaw", "web").succeeded();
            assertThat(client.readAll()).isEqualTo("old");
        }
        assertThat(server.mainPid("web.service")).isEqualTo(pid);
    }

    @Test
    void aSleepThatIsOrderedOfAServiceInUseIsRefusedWithTheWayOut() throws IOException {
        server.cli("wake", "web", "--for", "1h").succeeded();
        eventually("it runs", () -> server.mainPid("web.service") != 0);
        server.cli("sleep", "web").succeeded();
        assertThat(server.state("web.service")).isEqualTo("inactive (dead)");
        Outcome wrong = server.cli("hold", "web", "--for", "soon");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("--for 'soon'", "try 10min, 2h or 1d");
        assertThat(server.cli("hodl", "web").err()).contains("did you mean 'hold'?");
    }
}
