package dev.activator.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.activator.listener.testing.FdLeakCheck;
import dev.activator.listener.testing.FreePort;
import dev.activator.listener.testing.ManualLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(FdLeakCheck.class)
@SuppressWarnings("NullAway.Init")
final class FarewellsTest {
    private static final byte[] ANSWER =
            "HTTP/1.1 503 Later\r\nRetry-After: 5\r\n\r\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    private final int port = FreePort.tcp();
    private final ManualLoop loop = new ManualLoop();
    private Rig rig;
    private Farewells farewells;
    private Listener listener;

    @BeforeEach
    void setUp() {
        rig = new Rig(directory);
        farewells = new Farewells(rig.kernel, loop);
        listener = rig.open("ListenStream=127.0.0.1:" + port);
    }

    @AfterEach
    void tearDown() throws Exception {
        farewells.close();
        rig.close();
        loop.close();
    }

    private SocketChannel connect() throws IOException {
        return rig.connect("127.0.0.1", port);
    }

    private static String readAll(SocketChannel client) throws IOException {
        ByteBuffer into = ByteBuffer.allocate(1 << 20);
        while (client.read(into) >= 0) {
            // until the end
        }
        return StandardCharsets.UTF_8.decode(into.flip()).toString();
    }

    @Test
    void aClientThatSentARequestReadsTheAnswerAndAnOrderlyEnd() throws IOException {
        SocketChannel client = connect();
        client.write(ByteBuffer.allocate(5_000));
        farewells.answer(rig.accept(listener).fd().move(), ANSWER);
        // More of the request arrives after the answer was sent: a closed socket would reset it.
        client.write(ByteBuffer.allocate(20_000));
        loop.runReady();
        assertThat(readAll(client)).isEqualTo(new String(ANSWER, StandardCharsets.UTF_8));
        client.close();
        loop.runUntil(() -> farewells.count() == 0);
    }

    @Test
    void aClientThatNeverEndsIsLeftAfterTwoSeconds() throws IOException {
        connect();
        farewells.answer(rig.accept(listener).fd().move(), ANSWER);
        loop.advance(Duration.ofMillis(1_900));
        assertThat(farewells.count()).isEqualTo(1);
        loop.advance(Duration.ofMillis(200));
        assertThat(farewells.count()).isZero();
    }

    @Test
    void aClientThatReadsNothingOfALongAnswerIsLeftToo() throws IOException {
        SocketChannel client = connect();
        farewells.answer(rig.accept(listener).fd().move(), new byte[16 << 20]);
        loop.advance(Duration.ofMillis(2_100));
        assertThat(farewells.count()).isZero();
        assertThat(client.isOpen()).isTrue();
    }

    @Test
    void aClientThatSendsForEverIsCutOff() throws IOException {
        SocketChannel client = connect();
        farewells.answer(rig.accept(listener).fd().move(), ANSWER);
        client.configureBlocking(false);
        assertThatThrownBy(() -> {
                    while (true) {
                        client.write(ByteBuffer.allocate(64 * 1024));
                        loop.runReady();
                    }
                })
                .isInstanceOf(IOException.class);
        assertThat(farewells.count()).isZero();
    }

    @Test
    void oneMoreThanTheMostEndsTheOldest() throws IOException {
        List<SocketChannel> clients = new ArrayList<>();
        for (int i = 0; i <= Farewells.MOST; i++) {
            clients.add(connect());
            farewells.answer(rig.accept(listener).fd().move(), ANSWER);
        }
        assertThat(farewells.count()).isEqualTo(Farewells.MOST);
        assertThat(readAll(clients.get(0))).startsWith("HTTP/1.1 503");
    }

    @Test
    void aResetIsTold() throws IOException {
        SocketChannel client = connect();
        farewells.reset(rig.accept(listener).fd().move());
        assertThatThrownBy(() -> client.read(ByteBuffer.allocate(1))).hasMessageContaining("reset");
    }
}
