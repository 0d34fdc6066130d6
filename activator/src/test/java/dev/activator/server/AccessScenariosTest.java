package dev.activator.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.activator.control.Event;
import dev.activator.listener.testing.FdLeakCheck;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(FdLeakCheck.class)
class AccessScenariosTest {
    private static final String SERVICE = "[Service]\nExecStart=/bin/true\nKillMode=mixed\n";

    @TempDir
    private Path directory;

    private Rig rig;

    @BeforeEach
    void open() throws IOException {
        rig = new Rig(directory);
    }

    @AfterEach
    void close() throws IOException {
        rig.close();
    }

    private void perConnection(String listen, String rules) {
        rig.unit("echo.socket", "[Socket]\nListenStream=" + listen + "\nAccept=yes\n" + rules)
                .unit("echo@.service", SERVICE + "StandardInput=socket\n")
                .load();
    }

    private ConnectionLedger connections() {
        return rig.socket("echo.socket").connections();
    }

    private static int readByte(SocketChannel client) throws IOException {
        return client.read(ByteBuffer.allocate(1));
    }

    private static void say(SocketChannel client) throws IOException {
        client.write(ByteBuffer.wrap(new byte[] {1}));
    }

    @Test
    void onlyClientsThatAreAllowedAreServed() throws IOException {
        perConnection("PORT", "[X-Activator]\nAllowFrom=127.0.0.2\n");
        SocketChannel stranger = rig.connectFrom("127.0.0.3");
        assertThat(readByte(stranger)).isEqualTo(-1);
        assertThat(rig.launcher().plans()).isEmpty();
        rig.connectFrom("127.0.0.2");
        assertThat(rig.launcher().plans()).hasSize(1);
        assertThat(connections().refusedBy()).containsEntry("access", 1L);
        assertThat(rig.feed().latest())
                .filteredOn(event -> event.kind() == Event.Kind.REFUSAL)
                .singleElement()
                .matches(event -> event.unit().equals("echo.socket")
                        && event.text().startsWith("refusing connections: AllowFrom= and DenyFrom= keep 127.0.0.3:"));
    }

    @Test
    void tenThousandRefusedClientsAreTwoLinesInTheLog() throws IOException {
        perConnection("PORT", "[X-Activator]\nDenyFrom=127.0.0.0/8\n");
        for (int i = 0; i < 10_000; i++) {
            rig.connect();
            if (i % 100 == 0) {
                rig.closeClients();
            }
        }
        rig.advance(Duration.ofMinutes(2));
        rig.connect();
        assertThat(connections().refused()).isEqualTo(10_001);
        assertThat(rig.events().count("refusing connections")).isEqualTo(2);
        assertThat(rig.events().count("(9999 more times since it was last said)"))
                .isEqualTo(1);
    }

    @Test
    void whoConnectsAndSaysNothingWakesNothing() throws IOException {
        perConnection("PORT", "[X-Activator]\nWakeOn=first-byte\n");
        rig.connect();
        rig.closeClients();
        rig.advance(Duration.ofSeconds(31));
        assertThat(rig.launcher().plans()).isEmpty();
        assertThat(connections().refusedBy()).containsEntry("no-first-byte", 1L);
        say(rig.connect());
        rig.advance(Duration.ofMillis(1));
        assertThat(rig.launcher().plans()).hasSize(1);
    }

    @Test
    void whoHasSaidNothingWhenTheSocketIsStoppedIsSentAway() throws IOException {
        Path path = directory.resolve("s");
        perConnection(path.toString(), "[X-Activator]\nWakeOn=first-byte\n");
        SocketChannel client = rig.connect(path);
        rig.advance(Duration.ofMillis(1));
        rig.socket("echo.socket").stop("test");
        assertThatThrownBy(() -> say(client)).isInstanceOf(IOException.class);
        rig.advance(Duration.ofMillis(1));
        assertThat(rig.launcher().plans()).isEmpty();
        assertThat(readByte(client)).isEqualTo(-1);
        assertThat(connections().refused()).isZero();
    }

    @Test
    void aUnixClientWakesWithItsFirstByteToo() throws IOException {
        Path path = directory.resolve("s");
        perConnection(path.toString(), "[X-Activator]\nWakeOn=first-byte\n");
        SocketChannel client = rig.connect(path);
        assertThat(rig.launcher().plans()).isEmpty();
        say(client);
        rig.advance(Duration.ofMillis(1));
        assertThat(rig.launcher().plans()).hasSize(1);
        assertThat(connections().count()).isEqualTo(1);
    }

    @Test
    void whoSpeaksWhileTheUnitIsFullIsServedWhenAConnectionEnds() throws IOException {
        perConnection("PORT", "MaxConnections=1\n[X-Activator]\nWakeOn=first-byte\n");
        SocketChannel[] clients = {connectSilent(), connectSilent()};
        for (SocketChannel client : clients) {
            say(client);
        }
        rig.advance(Duration.ofMillis(1));
        assertThat(rig.launcher().plans()).hasSize(1);
        rig.launcher().running().get(0).exit(0);
        rig.advance(Duration.ofMillis(1));
        assertThat(rig.launcher().plans()).hasSize(2);
    }

    private SocketChannel connectSilent() throws IOException {
        SocketChannel client = rig.connect();
        rig.advance(Duration.ofMillis(1));
        return client;
    }

    @Test
    void aPortScanOfAServiceThatAcceptsItselfWakesNothing() throws IOException {
        rig.unit("web.socket", "[Socket]\nListenStream=PORT\n[X-Activator]\nWakeOn=first-byte\n")
                .unit("web.service", SERVICE)
                .load();
        for (int i = 0; i < 20; i++) {
            rig.connect();
            rig.closeClients();
            rig.advance(Duration.ofMillis(1));
        }
        rig.advance(Duration.ofMinutes(1));
        rig.launcher().noFurtherLaunch();
        assertThat(rig.socket("web.socket").connections().refusedBy()).containsEntry("no-first-byte", 20L);
        SocketChannel client = rig.connect();
        say(client);
        rig.advance(Duration.ofMillis(1));
        rig.launcher().expectLaunch("web.service");
        assertThat(rig.socket("web.socket").listeners().get(0).pendingConnections())
                .isEqualTo(1);
    }

    @Test
    void unixPeersAreKnownByTheirUser() throws IOException {
        Path path = directory.resolve("s");
        int uid = (int) Files.getAttribute(directory, "unix:uid");
        perConnection(path.toString(), "MaxConnectionsPerSource=1\n[X-Activator]\nAllowFrom=uid:" + uid + "\n");
        rig.connect(path);
        assertThat(rig.launcher().plans()).hasSize(1);
        assertThat(connections().count("uid " + uid)).isEqualTo(1);
        assertThat(readByte(rig.connect(path))).isEqualTo(-1);
        assertThat(connections().refusedBy()).containsEntry("max-connections-per-source", 1L);
    }

    @Test
    void aUnixPeerThatIsDeniedByItsUserIsNotServed() throws IOException {
        Path path = directory.resolve("s");
        int uid = (int) Files.getAttribute(directory, "unix:uid");
        int gid = (int) Files.getAttribute(directory, "unix:gid");
        perConnection(path.toString(), "[X-Activator]\nDenyFrom=uid:" + uid + "\nAllowFrom=gid:" + gid + "\n");
        assertThat(readByte(rig.connect(path))).isEqualTo(-1);
        assertThat(connections().refusedBy()).containsEntry("access", 1L);
    }

    @Test
    void oneSourceThatIsTooFastIsRefusedAndForgivenLater() throws IOException {
        perConnection("PORT", "[X-Activator]\nConnectionRatePerSource=2/10s\n");
        rig.connect();
        rig.connect();
        assertThat(readByte(rig.connect())).isEqualTo(-1);
        rig.connectFrom("127.0.0.9");
        assertThat(rig.launcher().plans()).hasSize(3);
        rig.advance(Duration.ofSeconds(10));
        rig.connect();
        assertThat(rig.launcher().plans()).hasSize(4);
        assertThat(connections().refusedBy()).containsEntry("connection-rate-per-source", 1L);
    }

    @Test
    void eachClientIsGreetedBeforeItsServiceStarts() throws IOException {
        Path banner = directory.resolve("banner");
        Files.writeString(banner, "220 hello\r\n");
        perConnection("PORT", "[X-Activator]\nBanner=" + banner + "\n");
        SocketChannel client = rig.connect();
        ByteBuffer into = ByteBuffer.allocate(100);
        assertThat(client.read(into)).isEqualTo(11);
        assertThat(StandardCharsets.UTF_8.decode(into.flip()).toString()).isEqualTo("220 hello\r\n");
        assertThat(rig.launcher().plans()).hasSize(1);
    }

    @Test
    void whoWaitsForAFirstByteIsKeptOverAReload() throws IOException {
        perConnection("PORT", "[X-Activator]\nWakeOn=first-byte\n");
        SocketChannel client = connectSilent();
        rig.unit(
                "echo.socket",
                "[Socket]\nListenStream=PORT\nAccept=yes\nMaxConnections=9\n[X-Activator]\nWakeOn=first-byte\n");
        rig.reload();
        say(client);
        rig.advance(Duration.ofMillis(1));
        assertThat(rig.launcher().plans()).hasSize(1);
    }
}
