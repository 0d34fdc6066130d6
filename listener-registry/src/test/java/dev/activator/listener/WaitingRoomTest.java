package dev.activator.listener;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.listener.testing.FdLeakCheck;
import dev.activator.listener.testing.FreePort;
import dev.activator.listener.testing.ManualLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(FdLeakCheck.class)
@SuppressWarnings("NullAway.Init")
final class WaitingRoomTest implements WaitingRoom.Outcome {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private final int port = FreePort.tcp();
    private final ManualLoop loop = new ManualLoop();
    private Rig rig;
    private WaitingRoom room;
    private Listener listener;
    private int spoke;
    private int silent;

    @BeforeEach
    void setUp() {
        rig = new Rig(directory);
        room = new WaitingRoom(rig.kernel, loop);
        listener = rig.open("ListenStream=127.0.0.1:" + port);
    }

    @AfterEach
    void tearDown() throws Exception {
        room.close();
        rig.close();
        loop.close();
    }

    @Override
    public void onFirstByte(Accepted.Connection connection) {
        spoke++;
        connection.fd().close();
    }

    @Override
    public void onSilent(Accepted.Connection connection) {
        silent++;
    }

    private SocketChannel admitOne() throws IOException {
        SocketChannel client = rig.connect("127.0.0.1", port);
        room.admit(this, rig.accept(listener), PATIENCE, this);
        return client;
    }

    @Test
    void whoSpeaksIsLetOnAndWhoGoesIsForgotten() throws IOException {
        SocketChannel speaks = admitOne();
        SocketChannel goes = admitOne();
        loop.runReady();
        assertThat(room.count()).isEqualTo(2);
        speaks.write(ByteBuffer.wrap(new byte[] {1}));
        goes.close();
        loop.runUntil(() -> room.count() == 0);
        assertThat(spoke).isEqualTo(1);
        assertThat(silent).isEqualTo(1);
    }

    @Test
    void whoHasSpokenBeforeDoesNotWait() throws IOException {
        SocketChannel client = rig.connect("127.0.0.1", port);
        client.write(ByteBuffer.wrap(new byte[] {1}));
        room.admit(this, rig.accept(listener), PATIENCE, this);
        assertThat(spoke).isEqualTo(1);
    }

    @Test
    void silenceEndsWithPatience() throws IOException {
        SocketChannel client = admitOne();
        loop.advance(PATIENCE);
        assertThat(silent).isEqualTo(1);
        assertThat(client.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }

    @Test
    void aFullRoomSendsTheOldestAway() throws IOException {
        SocketChannel first = admitOne();
        for (int i = 0; i < WaitingRoom.MOST; i++) {
            admitOne();
        }
        assertThat(room.count()).isEqualTo(WaitingRoom.MOST);
        assertThat(first.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }

    @Test
    void aHostThatClosesSendsItsOwnGuestsAway() throws IOException {
        SocketChannel own = admitOne();
        SocketChannel others = rig.connect("127.0.0.1", port);
        room.admit(new Object(), rig.accept(listener), PATIENCE, this);
        room.sendAway(this);
        assertThat(own.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        assertThat(room.count()).isEqualTo(1);
        others.write(ByteBuffer.wrap(new byte[] {1}));
        loop.runUntil(() -> spoke == 1);
        assertThat(silent).isZero();
    }
}
