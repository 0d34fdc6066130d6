package dev.activator.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.activator.listener.kernel.LibC;
import dev.activator.listener.testing.FailingKernel;
import dev.activator.listener.testing.FdLeakCheck;
import dev.activator.listener.testing.FreePort;
import dev.activator.listener.testing.ManualLoop;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(FdLeakCheck.class)
@SuppressWarnings("NullAway.Init")
final class AcceptanceTest {
    private static final int SHUT_RDWR = 2;

    @TempDir
    Path directory;

    private final FailingKernel failing = new FailingKernel(new LinuxKernel());
    private final int port = FreePort.tcp();
    private Rig rig;
    private Listener listener;

    @BeforeEach
    void setUp() {
        rig = new Rig(directory, failing.kernel(), AccountIds.NONE);
        listener = rig.open("ListenStream=127.0.0.1:" + port);
    }

    @AfterEach
    void tearDown() throws Exception {
        rig.close();
    }

    @ParameterizedTest
    @CsvSource({
        "11, NothingQueued",
        "4, NothingQueued", // EAGAIN EINTR
        "103, PeerGone",
        "104, PeerGone",
        "95, PeerGone",
        "71, PeerGone",
        "100, PeerGone",
        "113, PeerGone",
        "24, Shortage",
        "23, Shortage",
        "105, Shortage",
        "12, Shortage", // EMFILE ENFILE ENOBUFS ENOMEM
        "22, Broken",
        "9, Broken",
        "88, Broken"
    })
    void everyErrnoHasItsMeaning(int errno, String meaning) {
        failing.fail("accept", new Errno(errno));
        assertThat(listener.accept().getClass().getSimpleName()).isEqualTo(meaning);
    }

    @Test
    void aShortageLosesNobody() throws Exception {
        rig.connect("127.0.0.1", port);
        failing.fail("accept", Errno.EMFILE);
        assertThat(listener.accept()).isEqualTo(new Accepted.Shortage(Errno.EMFILE));
        rig.accept(listener);
    }

    @Test
    void aClientThatResetItsConnectionIsGoneAndHarmsNobody() throws Exception {
        resetConnection();
        rig.connect("127.0.0.1", port);
        assertThat(listener.accept()).isInstanceOf(Accepted.PeerGone.class);
        rig.accept(listener);
    }

    private void resetConnection() throws IOException {
        SocketChannel client = rig.connect("127.0.0.1", port);
        client.setOption(StandardSocketOptions.SO_LINGER, 0);
        client.close();
    }

    @Test
    void aListenerThatAServiceMadeBlockingNeverBlocksUsAndStaysBlocking() throws Exception {
        rig.kernel.setNonBlocking(listener.fd(), false);
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            assertThat(listener.accept()).isInstanceOf(Accepted.NothingQueued.class);
            assertThat(listener.discardQueued()).isZero();
        });
        rig.connect("127.0.0.1", port);
        Accepted.Connection connection = rig.accept(listener);
        assertThat(rig.kernel.isNonBlocking(connection.fd().lend())).isFalse();
        assertThat(rig.kernel.isNonBlocking(listener.fd()))
                .as("as the service wants it")
                .isFalse();
    }

    @Test
    void aListenerThatAServiceShutDownHangsUpAndIsBroken() {
        List<Readiness> told = new ArrayList<>();
        try (ManualLoop loop = new ManualLoop()) {
            Watch watch = loop.watch(listener.fd(), told::add);
            loop.runReady();
            assertThat(told).isEmpty();
            LibC.shutdown(listener.fd().number(), SHUT_RDWR);
            loop.runTurn();
            watch.cancel();
            loop.runReady();
        }
        assertThat(told).singleElement().matches(Readiness::hangup);
        assertThat(listener.accept()).isEqualTo(new Accepted.Broken(Errno.EINVAL));
    }

    @Test
    void aWatchedListenerTellsOfClientsAndTakesNone() throws Exception {
        List<Readiness> told = new ArrayList<>();
        try (ManualLoop loop = new ManualLoop()) {
            Watch watch = loop.watch(listener.fd(), told::add);
            rig.connect("127.0.0.1", port);
            loop.runUntil(() -> !told.isEmpty());
            watch.cancel();
            told.clear();
            loop.runReady();
            assertThat(told).as("paused").isEmpty();
            loop.watch(listener.fd(), told::add);
            loop.runUntil(() -> !told.isEmpty());
        }
        assertThat(listener.pendingConnections()).isEqualTo(1);
    }

    @Test
    void queuedClientsAreDiscardedGoneOnesIncluded() throws Exception {
        rig.connect("127.0.0.1", port);
        resetConnection();
        rig.connect("127.0.0.1", port);
        assertThat(listener.discardQueued()).isEqualTo(3);
        assertThat(listener.pendingConnections()).isZero();
    }

    @Test
    void discardingEndsAfterAThousandAndTwentyFour() {
        Errno[] endless = new Errno[2000];
        Arrays.fill(endless, Errno.ECONNABORTED);
        failing.fail("accept", endless);
        assertThat(listener.discardQueued()).isEqualTo(1024);
    }

    @Test
    void discardingStopsAtAShortage() throws Exception {
        rig.connect("127.0.0.1", port);
        failing.fail("accept", Errno.EMFILE);
        assertThat(listener.discardQueued()).isZero();
        assertThat(listener.pendingConnections()).isEqualTo(1);
    }
}
