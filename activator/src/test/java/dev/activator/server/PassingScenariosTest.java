package dev.activator.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.config.Signal;
import dev.activator.handoff.testing.FakeChild;
import dev.activator.listener.BorrowedFd;
import dev.activator.listener.LinuxKernel;
import dev.activator.listener.testing.FdLeakCheck;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Accepted connections and the services that they are passed to while those run. */
@ExtendWith(FdLeakCheck.class)
class PassingScenariosTest {
    private static final String WEB = "web.service";
    private static final String FIRST = "web@1.service";
    private static final String SECOND = "web@2.service";

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

    private void one(String ofSocket, String ofService) {
        rig.unit("web.socket", "[Socket]\nListenStream=PORT\n[X-Activator]\nHandoff=pass\n" + ofSocket)
                .unit("web.service", "[Service]\nExecStart=/bin/true\n" + ofService)
                .load();
    }

    private void pool(String ofSocket) {
        rig.unit("web.socket", "[Socket]\nListenStream=PORT\n[X-Activator]\nHandoff=pass\n" + ofSocket)
                .unit("web@.service", "[Service]\nExecStart=/bin/true\n")
                .load();
    }

    private SocketState socket() {
        return rig.socket("web.socket").state();
    }

    private static void end(FakeChild child, Rig rig) {
        child.die(Signal.KILL);
        rig.advance(Duration.ofMillis(100));
    }

    @Test
    void theFirstConnectionWakesTheServiceWhichGetsExactlyItAndNoListener() throws IOException {
        one("", "");
        SocketChannel client = rig.connect();
        client.write(ByteBuffer.wrap("hello".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        FakeChild child = rig.launcher().expectLaunch(WEB).withFds();
        assertThat(child.plan().environment()).containsEntry("HANDOFF_SOCKET", "3");
        rig.advance(Duration.ofMillis(1));
        assertThat(rig.worker(WEB).read())
                .containsExactly("web.socket\tweb.socket\t127.0.0.1:" + rig.port() + "\t"
                        + client.getLocalAddress().toString().substring(1));
        BorrowedFd passed = rig.worker(WEB).connections().get(0).lend();
        assertThat(new LinuxKernel().peek(passed)).isEqualTo(1);
        assertThat(new LinuxKernel().discard(passed, 100)).isEqualTo(5);
    }

    @Test
    void furtherConnectionsGoToTheSameProcess() {
        one("", "");
        rig.connect();
        rig.launcher().expectLaunch(WEB);
        rig.connect();
        rig.connect();
        rig.launcher().noFurtherLaunch();
        assertThat(rig.worker(WEB).read()).hasSize(3);
        assertThat(socket()).isEqualTo(SocketState.LISTENING);
    }

    @Test
    void connectionsWaitForAWorkerThatIsNotReady() {
        rig.launcher().startUnexecuted();
        one("", "Type=exec\n");
        rig.connect();
        FakeChild child = rig.launcher().expectLaunch(WEB);
        rig.connect();
        assertThat(rig.worker(WEB).read()).isEmpty();
        child.executed(true);
        rig.advance(Duration.ofMillis(20));
        assertThat(rig.worker(WEB).read()).hasSize(2);
    }

    @Test
    void whatADeadWorkerHasNotTakenAnotherRunOfItGets() throws IOException {
        one("", "");
        SocketChannel served = rig.connect();
        FakeChild child = rig.launcher().expectLaunch(WEB);
        assertThat(rig.worker(WEB).read()).hasSize(1);
        rig.worker(WEB).read();
        SocketChannel first = rig.connect();
        SocketChannel second = rig.connect();
        rig.worker(WEB).close();
        end(child, rig);
        rig.advanceUntil(() -> rig.launcher().running().size() == 1);
        rig.launcher().expectLaunch(WEB);
        assertThat(rig.worker(WEB).read())
                .extracting(line -> line.substring(line.lastIndexOf('\t') + 1))
                .containsExactly(
                        first.getLocalAddress().toString().substring(1),
                        second.getLocalAddress().toString().substring(1));
        served.configureBlocking(false);
        assertThat(served.read(ByteBuffer.allocate(1)))
                .as("was taken, and died with it")
                .isEqualTo(-1);
    }

    @Test
    void aWorkerThatIsBehindIsHelpedByAnotherUpToWorkers() {
        pool("Workers=2\n");
        rig.connect();
        rig.launcher().expectLaunch(FIRST);
        rig.worker(FIRST).read();
        rig.connect();
        rig.launcher().noFurtherLaunch();
        rig.advance(Duration.ofMillis(25));
        rig.launcher().expectLaunch(SECOND);
        rig.connect();
        rig.advance(Duration.ofMillis(100));
        rig.launcher().noFurtherLaunch();
        assertThat(rig.worker(FIRST).read()).hasSize(1);
        assertThat(rig.worker(SECOND).read()).as("the least loaded").hasSize(1);
    }

    @Test
    void aWorkerThatKeepsUpServesAlone() {
        pool("Workers=2\n");
        rig.connect();
        rig.launcher().expectLaunch(FIRST);
        for (int i = 1; i <= 5; i++) {
            rig.worker(FIRST).read();
            rig.connect();
        }
        rig.worker(FIRST).read();
        rig.advance(Duration.ofSeconds(1));
        rig.launcher().noFurtherLaunch();
    }

    @Test
    void workerConnectionsBoundsWhatOneHasAtATime() {
        pool("Workers=2\nWorkerConnections=1\n");
        rig.connect();
        rig.launcher().expectLaunch(FIRST);
        rig.worker(FIRST).read();
        rig.connect();
        rig.launcher().expectLaunch(SECOND);
        rig.worker(SECOND).read();
        rig.connect();
        rig.launcher().noFurtherLaunch();
        assertThat(rig.worker(FIRST).read()).isEmpty();
        rig.say(FIRST, "ENDED 1\n");
        assertThat(rig.worker(FIRST).read()).hasSize(1);
        assertThat(rig.worker(SECOND).read()).isEmpty();
    }

    @Test
    void aSlowWorkerCostsABoundedNumberOfConnectionsAndTheOthersWaitInTheQueue() {
        one("WorkerBacklog=2\n", "");
        for (int i = 0; i < 8; i++) {
            rig.connect();
        }
        rig.launcher().expectLaunch(WEB);
        assertThat(socket()).isEqualTo(SocketState.FULL);
        assertThat(rig.socket("web.socket").listeners().get(0).pendingConnections())
                .as("two at the worker, two here")
                .isEqualTo(4);
        int received = 0;
        for (int i = 0; i < 8; i++) {
            received += rig.worker(WEB).read().size();
            rig.advance(Duration.ofMillis(20));
        }
        assertThat(received).isEqualTo(8);
        assertThat(socket()).isEqualTo(SocketState.LISTENING);
    }

    @Test
    void garbageStopsTheWorkerAndLosesNothing() {
        pool("Workers=2\n");
        rig.connect();
        FakeChild broken = rig.launcher().expectLaunch(FIRST);
        rig.say(FIRST, "GET / HTTP/1.1\r\n");
        assertThat(broken.signals()).contains(Signal.TERM);
        assertThat(rig.events().count("said on its handoff socket: GET / HTTP")).isOne();
        rig.worker(FIRST).close();
        end(broken, rig);
        rig.launcher().expectLaunch(FIRST);
        assertThat(rig.worker(FIRST).read()).hasSize(1);
    }

    @Test
    void theEndOfWhatItHasNotReceivedIsGarbage() {
        one("", "");
        rig.connect();
        FakeChild child = rig.launcher().expectLaunch(WEB);
        rig.say(WEB, "ENDED 1\n");
        assertThat(child.signals()).contains(Signal.TERM);
        assertThat(rig.events().count("ENDED 1, of 0 that it has received")).isOne();
    }

    @Test
    void aWorkerThatStopsReadingIsStoppedAfterWorkerTimeoutSec() {
        one("WorkerTimeoutSec=5\n", "");
        rig.connect();
        FakeChild child = rig.launcher().expectLaunch(WEB);
        rig.advance(Duration.ofMillis(4900));
        assertThat(child.signals()).isEmpty();
        rig.advance(Duration.ofMillis(200));
        assertThat(child.signals()).contains(Signal.TERM);
        assertThat(rig.events().count("WorkerTimeoutSec=")).isOne();
        rig.worker(WEB).close();
        end(child, rig);
        rig.launcher().expectLaunch(WEB);
        assertThat(rig.worker(WEB).read()).hasSize(1);
    }

    @Test
    void aWorkerThatClosesItsSocketGetsNoMoreAndOthersGetWhatItLeft() {
        pool("Workers=2\n");
        rig.connect();
        FakeChild leaving = rig.launcher().expectLaunch(FIRST);
        rig.say(FIRST, "CLOSED\n");
        rig.worker(FIRST).closeSocket();
        rig.launcher().expectLaunch(SECOND);
        assertThat(rig.worker(SECOND).read()).hasSize(1);
        assertThat(leaving.signals()).isEmpty();
    }

    @Test
    void aServiceThatFailsRestsAndTheClientIsServedAfterwards() {
        one("", "");
        rig.launcher().startUnexecuted();
        rig.connect();
        FakeChild child = rig.launcher().expectLaunch(WEB);
        rig.worker(WEB).close();
        child.exit(1);
        rig.advance(Duration.ofMillis(10));
        rig.launcher().noFurtherLaunch();
        rig.advanceUntil(() -> !rig.launcher().running().isEmpty());
        rig.launcher().expectLaunch(WEB);
        assertThat(rig.worker(WEB).read()).hasSize(1);
    }

    @Test
    void clientsThatAreKeptOutWakeNothing() throws IOException {
        one("AllowFrom=127.0.0.2\n", "");
        SocketChannel stranger = rig.connectFrom("127.0.0.3");
        assertThat(stranger.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        rig.launcher().noFurtherLaunch();
        rig.connectFrom("127.0.0.2");
        rig.launcher().expectLaunch(WEB);
    }

    @Test
    void limitsCountConnectionsUntilTheWorkerReportsTheirEnd() {
        rig.unit("web.socket", "[Socket]\nListenStream=PORT\nMaxConnections=1\n[X-Activator]\nHandoff=pass\n")
                .unit("web.service", "[Service]\nExecStart=/bin/true\n")
                .load();
        rig.connect();
        rig.launcher().expectLaunch(WEB);
        rig.worker(WEB).read();
        rig.connect();
        assertThat(socket()).isEqualTo(SocketState.FULL);
        assertThat(rig.worker(WEB).read()).isEmpty();
        rig.say(WEB, "ENDED 1\n");
        assertThat(rig.worker(WEB).read()).hasSize(1);
    }

    @Test
    void whereNoSuchServiceIsLoadedClientsAreHeldOff() throws IOException {
        one("", "");
        rig.withdraw("web.service");
        rig.reload();
        rig.connect();
        assertThat(socket()).isEqualTo(SocketState.SUSPENDED);
    }

    @Test
    void aSocketThatIsStoppedClosesWhatNobodyHasTaken() throws IOException {
        rig.launcher().startUnexecuted();
        one("", "Type=exec\n");
        SocketChannel client = rig.connect();
        rig.launcher().expectLaunch(WEB);
        rig.socket("web.socket").stop("test");
        assertThat(client.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }

    @Test
    void aLoweredNumberOfWorkersStopsTheSurplusOnceItHasNothingToDo() {
        pool("Workers=3\nWorkerConnections=1\n");
        for (String worker : List.of(FIRST, SECOND)) {
            rig.connect();
            rig.launcher().expectLaunch(worker);
            rig.worker(worker).read();
        }
        rig.connect();
        FakeChild third = rig.launcher().expectLaunch("web@3.service");
        rig.worker("web@3.service").read();
        pool("Workers=2\nWorkerConnections=1\n");
        assertThat(third.signals()).isEmpty();
        rig.say("web@3.service", "ENDED 1\n");
        assertThat(third.signals()).contains(Signal.TERM);
    }

    @Test
    void whileItIsHeldNothingIsWokenAndClientsWaitInTheQueue() {
        one("", "");
        rig.units()
                .orders()
                .give(
                        rig.socket("web.socket").name(),
                        new StandingOrder(StandingOrder.Kind.HOLD, "test", "test", java.time.Instant.EPOCH, null));
        rig.connect();
        rig.launcher().noFurtherLaunch();
        assertThat(socket()).isEqualTo(SocketState.HELD);
        assertThat(rig.socket("web.socket").listeners().get(0).pendingConnections())
                .isOne();
        rig.units().orders().lift(rig.socket("web.socket").name(), "test");
        rig.advance(Duration.ofMillis(1));
        rig.launcher().expectLaunch(WEB);
        assertThat(rig.worker(WEB).read()).hasSize(1);
    }
}
