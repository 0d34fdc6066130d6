package dev.activator.listener;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.listener.testing.FdLeakCheck;
import dev.activator.listener.testing.FreePort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(FdLeakCheck.class)
@SuppressWarnings("NullAway.Init")
final class ConnectedClientsTest {
    @TempDir
    Path directory;

    private final int port = FreePort.tcp();
    private final ConnectedClients clients = new ConnectedClients();
    private Rig rig;

    @BeforeEach
    void setUp() {
        rig = new Rig(directory);
    }

    @AfterEach
    void tearDown() throws Exception {
        rig.close();
    }

    private static String address(SocketChannel client) throws IOException {
        InetSocketAddress own = (InetSocketAddress) client.getLocalAddress();
        return own.getAddress().getHostAddress() + ":" + own.getPort();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:", "[::]:", "0.0.0.0:"})
    void whoeverIsConnectedIsNamedTheWaitingFirst(String host) throws IOException {
        Listener listener = rig.open("ListenStream=" + host + port);
        assertThat(clients.of(listener)).isEmpty();
        SocketChannel first = rig.connect("127.0.0.1", port);
        assertThat(clients.of(listener)).containsExactly(address(first));

        try (OwnedFd taken = ((Accepted.Connection) listener.accept()).fd()) {
            SocketChannel second = rig.connect("127.0.0.1", port);
            assertThat(taken.isOpen()).isTrue();
            assertThat(clients.of(listener)).containsExactly(address(second), address(first));
        }
    }

    @Test
    void clientsOfAnotherAddressAtTheSamePortAreNotItsOwn() throws IOException {
        Listener one = rig.open("ListenStream=127.0.0.1:" + port);
        Listener other = rig.open("ListenStream=127.0.0.2:" + port);
        rig.connect("127.0.0.2", port);

        assertThat(clients.of(one)).isEmpty();
        assertThat(clients.of(other)).hasSize(1);
    }

    @Test
    void ofAUnixSocketNothingIsKnown() throws IOException {
        assertThat(clients.of(rig.open("ListenStream=" + directory.resolve("s"))))
                .isEmpty();
    }
}
