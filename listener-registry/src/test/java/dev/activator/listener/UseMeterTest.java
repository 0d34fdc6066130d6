package dev.activator.listener;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.listener.testing.FailingKernel;
import dev.activator.listener.testing.FdLeakCheck;
import dev.activator.listener.testing.FreePort;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a look at a service's sockets sees, whichever way it takes. */
@ExtendWith(FdLeakCheck.class)
@SuppressWarnings("NullAway.Init")
final class UseMeterTest {
    @TempDir
    Path directory;

    private Rig rig;
    private Listener listener;
    private UseMeter meter;
    private final int port = FreePort.tcp();
    private final List<OwnedFd> service = new ArrayList<>();

    @BeforeEach
    void setUp() {
        rig = new Rig(directory);
    }

    @AfterEach
    void tearDown() throws Exception {
        if (meter != null) {
            meter.close();
        }
        service.forEach(OwnedFd::close);
        rig.close();
    }

    private void listen(boolean seesSockets) {
        listener = rig.open("ListenStream=127.0.0.1:" + port);
        meter = new UseMeters(rig.kernel).of(() -> List.of(listener), seesSockets ? this::visit : HeldSockets.UNKNOWN);
    }

    private boolean visit(Consumer<BorrowedFd> visitor) {
        visitor.accept(listener.fd());
        service.forEach(fd -> visitor.accept(fd.lend()));
        return true;
    }

    /** A client whom the service has taken. */
    private SocketChannel served(String words) throws IOException {
        SocketChannel client = rig.connect("127.0.0.1", port);
        client.write(ByteBuffer.wrap(words.getBytes(StandardCharsets.UTF_8)));
        service.add(rig.accept(listener).fd());
        return client;
    }

    private void hangUp() {
        service.forEach(OwnedFd::close);
        service.clear();
    }

    /** The kernel tells of an end a moment after it, from a thread of its own. */
    private static Use lookUntilEnded(UseMeter of) {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        Use use = of.look();
        while (use.ended() == 0 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
            use = of.look();
        }
        return use;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anOpenConnectionIsSeenWithItsBytes(boolean seesSockets) throws IOException {
        listen(seesSockets);
        assertThat(meter.look()).isEqualTo(Use.NONE);
        served("hello");
        assertThat(meter.look()).isEqualTo(new Use(1, 0, 0, 0, 0, 0, 5, 0));
        assertThat(meter.look()).as("nothing new").isEqualTo(new Use(1, 0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void itIsQuietUntilSomebodyWaitsOrAConnectionHasEndedAndForgetsNeither() throws IOException {
        listen(true);
        assertThat(meter.isQuiet()).isTrue();
        SocketChannel client = rig.connect("127.0.0.1", port);
        assertThat(meter.isQuiet()).as("somebody waits").isFalse();
        service.add(rig.accept(listener).fd());
        hangUp();
        client.close();
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (meter.isQuiet() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(meter.isQuiet()).as("one has ended").isFalse();
        assertThat(meter.look().ended()).isEqualTo(1);
        assertThat(meter.isQuiet()).isTrue();
    }

    @Test
    void oneMeterDoesNotHearOfTheConnectionsOfAnother() throws IOException {
        listen(true);
        Listener other = rig.open("ListenStream=127.0.0.1:" + FreePort.tcp());
        try (UseMeter second = new UseMeters(rig.kernel).of(() -> List.of(other), HeldSockets.UNKNOWN)) {
            SocketChannel client = served("hello");
            hangUp();
            client.close();
            assertThat(lookUntilEnded(meter).ended()).isEqualTo(1);
            assertThat(second.look()).isEqualTo(Use.NONE);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void oneThatCameAndWentBetweenTwoLooksIsSeen(boolean seesSockets) throws IOException {
        listen(seesSockets);
        SocketChannel client = served("hello");
        hangUp();
        client.close();
        assertThat(lookUntilEnded(meter)).isEqualTo(new Use(0, 0, 0, 0, 1, 0, 5, 0));
        assertThat(meter.look()).isEqualTo(Use.NONE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aProbeIsToldFromUse(boolean seesSockets) throws IOException {
        listen(seesSockets);
        SocketChannel silent = served("");
        assertThat(meter.look()).isEqualTo(new Use(1, 1, 0, 0, 0, 0, 0, 0));
        silent.close();
        hangUp();
        assertThat(lookUntilEnded(meter)).isEqualTo(new Use(0, 0, 0, 0, 1, 1, 0, 0));
    }

    @Test
    void whoWaitsInTheQueueIsSeen() throws IOException {
        listen(true);
        rig.connect("127.0.0.1", port);
        assertThat(meter.look()).isEqualTo(new Use(1, 0, 0, 1, 0, 0, 0, 0));
        assertThat(meter.lookThoroughly().open()).isEqualTo(1);
    }

    @Test
    void theEndOfSomebodyElsesConnectionIsNotOurs() throws Exception {
        listen(true);
        int other = FreePort.tcp();
        Listener stranger = rig.registry
                .open(rig.unit("other.socket", "ListenStream=127.0.0.1:" + other))
                .get(0);
        SocketChannel client = rig.connect("127.0.0.1", other);
        rig.accept(stranger).fd().close();
        client.close();
        assertThat(meter.look()).isEqualTo(Use.NONE);
    }

    @Test
    void twoServicesHearOfTheirOwn() throws Exception {
        listen(true);
        int other = FreePort.tcp();
        Listener second = rig.registry
                .open(rig.unit("other.socket", "ListenStream=127.0.0.1:" + other))
                .get(0);
        UseMeters meters = new UseMeters(rig.kernel);
        try (UseMeter first = meters.of(() -> List.of(listener), HeldSockets.UNKNOWN);
                UseMeter others = meters.of(() -> List.of(second), HeldSockets.UNKNOWN)) {
            SocketChannel client = served("hello");
            hangUp();
            client.close();
            assertThat(lookUntilEnded(first).ended()).isEqualTo(1);
            assertThat(others.look()).isEqualTo(Use.NONE);
        }
    }

    @Test
    void aHostThatTellsNothingOfEndedConnectionsIsLivedWith() throws IOException {
        Errno[] refusals = new Errno[100];
        Arrays.fill(refusals, Errno.EPERM);
        listener = rig.open("ListenStream=127.0.0.1:" + port);
        Kernel refusing = new FailingKernel(rig.kernel).fail("bind", refusals).kernel();
        meter = new UseMeters(refusing).of(() -> List.of(listener), HeldSockets.UNKNOWN);
        SocketChannel client = served("hello");
        assertThat(meter.look().open()).isEqualTo(1);
        client.close();
        hangUp();
        assertThat(meter.look()).isEqualTo(Use.NONE);
    }

    @Test
    void aDatagramThatTheServiceReceivedIsSeen() throws IOException {
        listener = rig.open("ListenDatagram=127.0.0.1:" + port);
        meter = new UseMeters(rig.kernel).of(() -> List.of(listener), HeldSockets.UNKNOWN);
        assertThat(meter.look()).isEqualTo(Use.NONE);
        try (DatagramSocket client = new DatagramSocket()) {
            client.send(new DatagramPacket(new byte[1], 1, new InetSocketAddress("127.0.0.1", port)));
        }
        rig.kernel.discard(listener.fd());
        assertThat(meter.look()).isEqualTo(new Use(0, 0, 0, 0, 0, 0, 0, 1));
        assertThat(meter.look()).isEqualTo(Use.NONE);
    }

    @Test
    void connectionsOfUnixSocketsHaveNoBytes() throws IOException {
        Path path = directory.resolve("s");
        listener = rig.open("ListenStream=" + path);
        meter = new UseMeters(rig.kernel).of(() -> List.of(listener), this::visit);
        rig.connect(path);
        service.add(rig.accept(listener).fd());
        assertThat(meter.look()).isEqualTo(new Use(1, 0, 1, 0, 0, 0, 0, 0));
    }
}
