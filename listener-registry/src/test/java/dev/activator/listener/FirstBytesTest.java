package dev.activator.listener;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.listener.testing.FdLeakCheck;
import dev.activator.listener.testing.FreePort;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the kernel shows of an accept queue that nobody takes from. */
@ExtendWith(FdLeakCheck.class)
@SuppressWarnings("NullAway.Init")
final class FirstBytesTest {
    @TempDir
    Path directory;

    private final int port = FreePort.tcp();
    private Rig rig;

    @BeforeEach
    void setUp() {
        rig = new Rig(directory);
    }

    @AfterEach
    void tearDown() throws Exception {
        rig.close();
    }

    private SocketChannel connect() throws IOException {
        return rig.connect("127.0.0.1", port);
    }

    private static void say(SocketChannel client) throws IOException {
        client.write(ByteBuffer.wrap(new byte[] {1}));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:", "[::]:"})
    void theQueueIsKnownByWhatItsClientsHaveSent(String host) throws IOException {
        Listener listener = rig.open("ListenStream=" + host + port);
        assertThat(listener.queueContent()).isEqualTo(QueueContent.EMPTY);
        connect().close();
        assertThat(listener.queueContent()).isEqualTo(QueueContent.PROBES);
        SocketChannel client = connect();
        assertThat(listener.queueContent()).isEqualTo(QueueContent.SILENT);
        assertThat(listener.discardProbes()).isZero();
        say(client);
        assertThat(listener.queueContent()).isEqualTo(QueueContent.BYTES);
        client.close();
        assertThat(listener.queueContent()).isEqualTo(QueueContent.BYTES);
        assertThat(listener.pendingConnections()).isEqualTo(2);
    }

    @Test
    void probesAreTakenOutIfNobodyElseWaits() throws IOException {
        Listener listener = rig.open("ListenStream=127.0.0.1:" + port);
        connect().close();
        connect().close();
        assertThat(listener.discardProbes()).isEqualTo(2);
        assertThat(listener.queueContent()).isEqualTo(QueueContent.EMPTY);
    }

    @Test
    void theKernelKeepsASilentClientToItself() throws IOException {
        Listener listener = rig.open("ListenStream=127.0.0.1:" + port, "[X-Activator]", "WakeOn=first-byte");
        SocketChannel silent = connect();
        SocketChannel reset = connect();
        reset.setOption(StandardSocketOptions.SO_LINGER, 0);
        reset.close();
        assertThat(listener.pendingConnections()).isZero();
        connect().close();
        assertThat(listener.queueContent()).isEqualTo(QueueContent.PROBES);
        assertThat(listener.discardProbes()).isEqualTo(1);
        say(silent);
        assertThat(listener.queueContent()).isEqualTo(QueueContent.BYTES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "unix"})
    void whatWaitsHasAnIdentityAsLongAsItWaits(String kind) throws IOException {
        Path path = directory.resolve("s");
        Listener listener = rig.open("ListenStream=" + (kind.equals("tcp") ? "127.0.0.1:" + port : path));
        SocketChannel first = kind.equals("tcp") ? connect() : rig.connect(path);
        Set<Long> one = listener.queuedIdentities().orElseThrow();
        assertThat(one).hasSize(1);
        SocketChannel second = kind.equals("tcp") ? connect() : rig.connect(path);
        assertThat(listener.queuedIdentities().orElseThrow()).hasSize(2).containsAll(one);
        rig.accept(listener);
        assertThat(listener.queuedIdentities().orElseThrow()).hasSize(1).doesNotContainAnyElementsOf(one);
        assertThat(first.isOpen() && second.isOpen()).isTrue();
    }
}
