package dev.activator.it.daemons;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.it.rig.Eventually;
import dev.activator.it.rig.LineClient;
import dev.activator.it.rig.SuperServer;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A JVM that takes its socket through {@link System#inheritedChannel()}. */
class JavaServiceTest {

    @RegisterExtension
    static final SuperServer SERVER = SuperServer.over("java");

    @Test
    void aTcpServiceGreetsTheFirstClientAndTheNext() throws IOException {
        String first = LineClient.greeting(SERVER.port("greeting"));
        long pid = SERVER.mainPid("greeting.service");
        assertThat(first).isEqualTo("hello 1 from " + pid);
        assertThat(LineClient.greeting(SERVER.port("greeting"))).isEqualTo("hello 2 from " + pid);
    }

    @Test
    void aUnixServiceGreetsTheFirstClientAndTheNext() throws IOException {
        try (LineClient client = LineClient.unix(SERVER.file("greeting.sock"))) {
            assertThat(client.readAll()).startsWith("hello 1 ");
        }
        try (LineClient client = LineClient.unix(SERVER.file("greeting.sock"))) {
            assertThat(client.readAll()).startsWith("hello 2 ");
        }
    }

    @Test
    void aUdpServiceReceivesTheDatagramThatWokeIt() throws IOException {
        try (DatagramSocket client = new DatagramSocket()) {
            client.setSoTimeout((int) Eventually.PATIENCE.toMillis());
            client.connect(InetAddress.getLoopbackAddress(), SERVER.port("datagram"));
            for (String message : new String[] {"wake up", "again"}) {
                byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
                client.send(new DatagramPacket(bytes, bytes.length));
                DatagramPacket answer = new DatagramPacket(new byte[100], 100);
                client.receive(answer);
                assertThat(new String(answer.getData(), 0, answer.getLength(), StandardCharsets.UTF_8))
                        .isEqualTo(message);
            }
        }
    }
}
