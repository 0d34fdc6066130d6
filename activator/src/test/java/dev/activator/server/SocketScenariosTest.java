package dev.activator.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.config.Signal;
import dev.activator.handoff.LaunchStage;
import dev.activator.handoff.testing.FakeChild;
import dev.activator.listener.Errno;
import dev.activator.listener.SystemCallException;
import dev.activator.listener.testing.FdLeakCheck;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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

@ExtendWith(FdLeakCheck.class)
class SocketScenariosTest {
    private static final String SOCKET = "[Socket]\nListenStream=PORT\n";
    private static final String SERVICE = "[Service]\nExecStart=/bin/true\nKillMode=mixed\n";
    private static final String PER_CONNECTION = SOCKET + "Accept=yes\n";
    private static final String INETD = SERVICE + "StandardInput=socket\n";

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

    @Test
    void nothingRunsUntilTheFirstConnection() {
        rig.unit("web.socket", SOCKET).unit("web.service", SERVICE).load();
        rig.advance(Duration.ofHours(1));
        rig.launcher().noFurtherLaunch();
        rig.connect();
        rig.launcher().expectLaunch("web.service").withFds("web.socket");
        assertThat(rig.socket("web.socket").state()).isEqualTo(SocketState.TRIGGERED);
    }

    @Test
    void secondConnectionWaitsInTheBacklogWhileTheServiceStarts() {
        rig.unit("web.socket", SOCKET)
                .unit("web.service", SERVICE.replace("[Service]", "[Service]\nType=notify"))
                .load();
        rig.connect();
        rig.launcher().expectLaunch("web.service");
        rig.connect();
        rig.advance(Duration.ofSeconds(3));
        rig.launcher().noFurtherLaunch();
        assertThat(rig.service("web.service").state()).isEqualTo(ServiceState.STARTING);
    }

    @Test
    void whatIsQueuedWhenTheServiceEndsWakesItAgain() {
        rig.unit("web.socket", SOCKET).unit("web.service", SERVICE).load();
        rig.connect();
        rig.launcher().expectLaunch("web.service").exit(0);
        rig.advance(Duration.ofMillis(1));
        rig.launcher().expectLaunch("web.service");
    }

    @Test
    void aKilledServiceLosesNoQueuedClient() {
        rig.unit("web.socket", SOCKET).unit("web.service", SERVICE).load();
        rig.connect();
        FakeChild first = rig.launcher().expectLaunch("web.service");
        rig.connect();
        first.die(Signal.KILL);
        rig.advance(Duration.ofMillis(99));
        assertThat(rig.socket("web.socket").state()).isEqualTo(SocketState.SUSPENDED);
        rig.launcher().noFurtherLaunch();
        rig.advance(Duration.ofMillis(10));
        rig.launcher().expectLaunch("web.service");
    }

    @Test
    void aCrashLoopBacksOffFurtherEachTimeAndKeepsTheListener() {
        rig.unit("web.socket", SOCKET)
                .unit("web.service", SERVICE + "[X-Activator]\nBackoffMaxSec=10s\n")
                .load();
        rig.connect();
        int launches = 0;
        for (int second = 0; second < 60; second++) {
            while (!rig.launcher().running().isEmpty()) {
                rig.launcher().expectLaunch("web.service").exit(1);
                launches++;
            }
            rig.advance(Duration.ofSeconds(1));
        }
        assertThat(launches).isBetween(8, 20);
        assertThat(rig.socket("web.socket").state().isOpen()).isTrue();
        assertThat(rig.events().count("FailureMode")).isZero();
    }

    @Test
    void aSuccessResetsTheBackOff() {
        rig.unit("web.socket", SOCKET).unit("web.service", SERVICE).load();
        rig.connect();
        for (int i = 0; i < 5; i++) {
            rig.launcher().expectLaunch("web.service").exit(1);
            rig.advance(Duration.ofMillis(100L << i).plusMillis(1));
        }
        rig.launcher().expectLaunch("web.service").exit(0);
        rig.advance(Duration.ofMillis(1));
        rig.launcher().expectLaunch("web.service").exit(1);
        rig.advance(Duration.ofMillis(101));
        rig.launcher().expectLaunch("web.service");
    }

    @Test
    void systemdsFailureModeClosesTheListenerAtTheStartLimit() {
        rig.unit("web.socket", SOCKET + "[X-Activator]\nFailureMode=systemd\n")
                .unit("web.service", SERVICE + "[X-Activator]\nFailureMode=systemd\n")
                .load();
        rig.connect();
        for (int i = 0; i < 5; i++) {
            rig.launcher().expectLaunch("web.service").exit(0);
            rig.advance(Duration.ofMillis(1));
        }
        rig.launcher().noFurtherLaunch();
        assertThat(rig.socket("web.socket").state()).isEqualTo(SocketState.FAILED);
        assertThat(rig.socket("web.socket").result()).isEqualTo(RunResult.SERVICE_START_LIMIT_HIT);
    }

    @Test
    void aStartLimitThatTheUnitSetsSuspendsAndHeals() {
        rig.unit("web.socket", SOCKET)
                .unit("web.service", "[Unit]\nStartLimitIntervalSec=10\nStartLimitBurst=2\n" + SERVICE)
                .load();
        rig.connect();
        rig.launcher().expectLaunch("web.service").exit(0);
        rig.advance(Duration.ofMillis(1));
        rig.launcher().expectLaunch("web.service").exit(0);
        rig.advance(Duration.ofSeconds(9));
        rig.launcher().noFurtherLaunch();
        assertThat(rig.socket("web.socket").state()).isEqualTo(SocketState.SUSPENDED);
        rig.advance(Duration.ofSeconds(2));
        rig.launcher().expectLaunch("web.service");
    }

    @Test
    void aTriggerLimitThatTheUnitSetsPausesAndResumes() {
        rig.unit("web.socket", SOCKET + "TriggerLimitIntervalSec=5\nTriggerLimitBurst=3\n")
                .unit("web.service", SERVICE)
                .load();
        rig.connect();
        for (int i = 0; i < 3; i++) {
            rig.launcher().expectLaunch("web.service").exit(0);
            rig.advance(Duration.ofMillis(1));
        }
        rig.launcher().noFurtherLaunch();
        assertThat(rig.socket("web.socket").state()).isEqualTo(SocketState.SUSPENDED);
        rig.advance(Duration.ofSeconds(5));
        rig.launcher().expectLaunch("web.service");
    }

    @Test
    void aPassingShortageAtTheSpawnIsNoFailure() {
        rig.unit("web.socket", SOCKET).unit("web.service", SERVICE).load();
        rig.launcher().failNext(LaunchStage.SPAWN, Errno.EAGAIN);
        rig.connect();
        assertThat(rig.service("web.service").state()).isEqualTo(ServiceState.BACKING_OFF);
        rig.advance(Duration.ofMillis(101));
        rig.launcher().expectLaunch("web.service").withFds("web.socket");
        assertThat(rig.service("web.service").view().run().result()).isEqualTo(RunResult.SUCCESS);
    }

    @Test
    void aShortageAtTheSpawnKeepsTheAcceptedConnection() throws IOException {
        rig.unit("echo.socket", PER_CONNECTION).unit("echo@.service", INETD).load();
        rig.launcher().failNext(LaunchStage.SPAWN, Errno.EAGAIN);
        SocketChannel client = rig.connect();
        client.configureBlocking(false);
        rig.advance(Duration.ofMillis(101));
        assertThat(rig.launcher().plans()).hasSize(1);
        // Our copy of the connection is closed with the launch, and the launcher of this test has kept none.
        assertThat(client.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }

    @Test
    void aDescriptorThatIsLackingForTheLogIsAShortageThatPasses() {
        rig.unit("web.socket", SOCKET).unit("web.service", SERVICE).load();
        rig.onLaunch(SocketScenariosTest::lackDescriptor);
        rig.connect();
        assertThat(rig.service("web.service").state()).isEqualTo(ServiceState.BACKING_OFF);
        assertThat(rig.events().count("pipe2 on output of web.service: EMFILE")).isEqualTo(1);
        rig.launchAsUsual();
        rig.advance(Duration.ofMillis(101));
        rig.launcher().expectLaunch("web.service").withFds("web.socket");
    }

    @Test
    void aDescriptorThatIsLackingForTheLogKeepsTheAcceptedConnection() throws IOException {
        rig.unit("echo.socket", PER_CONNECTION + "MaxConnections=1\n")
                .unit("echo@.service", INETD)
                .load();
        rig.onLaunch(SocketScenariosTest::lackDescriptor);
        SocketChannel client = rig.connect();
        assertThat(isLetGo(client)).isFalse();
        rig.launchAsUsual();
        rig.advance(Duration.ofMillis(101));
        rig.launcher().running().get(0).exit(0);
        assertThat(rig.socket("echo.socket").connections().count()).isZero();
    }

    private static void lackDescriptor() {
        throw new SystemCallException("pipe2", Errno.EMFILE, "output of web.service");
    }

    @Test
    void aDefectFailsTheStartAndTheNextOneCanSucceed() {
        rig.unit("web.socket", SOCKET).unit("web.service", SERVICE).load();
        List<Throwable> defects = rig.keepDefects();
        rig.onLaunch(SocketScenariosTest::fail);
        rig.connect();
        assertThat(rig.service("web.service").state()).isEqualTo(ServiceState.FAILED);
        assertThat(rig.socket("web.socket").state()).isEqualTo(SocketState.SUSPENDED);
        assertThat(defects).hasSize(1);
        rig.launchAsUsual();
        rig.advance(Duration.ofSeconds(1));
        rig.launcher().expectLaunch("web.service");
    }

    @Test
    void aDefectLetsTheClientGoWhoseServiceItStrikes() throws IOException {
        rig.unit("echo.socket", PER_CONNECTION)
                .unit("echo@.service", INETD + "ExecStartPre=/bin/true\n")
                .load();
        List<Throwable> defects = rig.keepDefects();
        SocketChannel client = rig.connect();
        rig.onLaunch(SocketScenariosTest::fail);
        rig.launcher().running().get(0).exit(0);
        assertThat(isLetGo(client)).isTrue();
        assertThat(rig.socket("echo.socket").connections().count()).isZero();
        rig.advance(Duration.ofMillis(1));
        assertThat(defects).hasSize(1);
    }

    private static void fail() {
        throw new IllegalStateException("broken");
    }

    @Test
    void aClientWhoseServiceIsNotEvenTriedIsLetGo() throws IOException {
        rig.unit("echo.socket", PER_CONNECTION)
                .unit("echo@.service", "[Unit]\nAssertPathExists=" + directory + "/missing\n" + INETD)
                .load();
        assertThat(isLetGo(rig.connect())).isTrue();
        assertThat(rig.socket("echo.socket").connections().count()).isZero();
        rig.launcher().noFurtherLaunch();
    }

    @Test
    void aClientWhoseServiceCannotBeHardenedIsLetGo() throws IOException {
        rig.unit("echo.socket", PER_CONNECTION)
                .unit("echo@.service", INETD + "MemoryDenyWriteExecute=yes\n")
                .load();
        assertThat(isLetGo(rig.connect())).isTrue();
        assertThat(rig.socket("echo.socket").connections().count()).isZero();
    }

    @Test
    void aClientWhoseServiceIsStoppedWhileItWaitsForAShortageToPassIsLetGo() throws IOException {
        rig.unit("echo.socket", PER_CONNECTION).unit("echo@.service", INETD).load();
        rig.launcher().failNext(LaunchStage.SPAWN, Errno.EAGAIN);
        SocketChannel client = rig.connect();
        List.copyOf(rig.units().services()).forEach(instance -> instance.stop("test"));
        assertThat(isLetGo(client)).isTrue();
        assertThat(rig.socket("echo.socket").connections().count()).isZero();
    }

    private static boolean isLetGo(SocketChannel client) throws IOException {
        client.configureBlocking(false);
        return client.read(ByteBuffer.allocate(1)) == -1;
    }

    @Test
    void aMissingExecutableIsNamedOnceAndTheListenerStays() {
        rig.unit("web.socket", SOCKET).unit("web.service", SERVICE).load();
        rig.launcher().failNext(LaunchStage.EXEC, Errno.ENOENT);
        rig.connect();
        assertThat(rig.service("web.service").state()).isEqualTo(ServiceState.FAILED);
        assertThat(rig.events().count("cannot start")).isEqualTo(1);
        assertThat(rig.socket("web.socket").state()).isEqualTo(SocketState.SUSPENDED);
        rig.advance(Duration.ofMillis(101));
        rig.launcher().expectLaunch("web.service");
    }

    @Test
    void eachConnectionGetsAnInstanceOfItsOwn() {
        rig.unit("echo.socket", PER_CONNECTION).unit("echo@.service", INETD).load();
        rig.connect();
        rig.connect();
        assertThat(rig.launcher().plans()).hasSize(2);
        assertThat(rig.launcher().plans())
                .allSatisfy(plan -> assertThat(plan.environment())
                        .containsEntry("REMOTE_ADDR", "127.0.0.1")
                        .doesNotContainKey("LISTEN_FDS"));
        assertThat(rig.socket("echo.socket").connections().count()).isEqualTo(2);
        rig.launcher().running().forEach(child -> child.exit(0));
        assertThat(rig.socket("echo.socket").connections().count()).isZero();
        assertThat(rig.units().services()).isEmpty();
    }

    @Test
    void aConnectionOverMaxConnectionsWaitsUntilOneEnds() {
        rig.unit("echo.socket", PER_CONNECTION + "MaxConnections=1\n")
                .unit("echo@.service", INETD)
                .load();
        rig.connect();
        rig.connect();
        assertThat(rig.socket("echo.socket").state()).isEqualTo(SocketState.FULL);
        assertThat(rig.launcher().plans()).hasSize(1);
        rig.launcher().running().get(0).exit(0);
        rig.advance(Duration.ofMillis(1));
        assertThat(rig.launcher().plans()).hasSize(2);
        assertThat(rig.socket("echo.socket").connections().refused()).isZero();
    }

    @Test
    void aConnectionOverMaxConnectionsIsRefusedWhereTheUnitAsksForIt() throws IOException {
        rig.unit("echo.socket", PER_CONNECTION + "MaxConnections=1\n[X-Activator]\nOnLimit=refuse\n")
                .unit("echo@.service", INETD)
                .load();
        rig.connect();
        SocketChannel refused = rig.connect();
        rig.connect();
        assertThat(refused.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        assertThat(rig.socket("echo.socket").connections().refused()).isEqualTo(2);
        assertThat(rig.events().count("MaxConnections=1 reached")).isEqualTo(1);
    }

    @Test
    void oneSourceCannotTakeMoreThanItsShare() throws IOException {
        rig.unit("echo.socket", PER_CONNECTION + "MaxConnectionsPerSource=1\n")
                .unit("echo@.service", INETD)
                .load();
        rig.connect();
        SocketChannel refused = rig.connect();
        assertThat(refused.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        rig.launcher().running().get(0).exit(0);
        rig.connect();
        assertThat(rig.launcher().plans()).hasSize(2);
    }

    @Test
    void aPortInUseIsSaidOnceAndTakenWhenItIsFree() throws IOException {
        rig.unit("web.socket", SOCKET).unit("web.service", SERVICE);
        try (ServerSocket other = new ServerSocket(rig.port(), 1, InetAddress.getLoopbackAddress())) {
            assertThat(other.isBound()).isTrue();
            rig.load();
            rig.advance(Duration.ofSeconds(30));
            assertThat(rig.socket("web.socket").state()).isEqualTo(SocketState.UNBOUND);
            assertThat(rig.events().count("EADDRINUSE")).isEqualTo(1);
        }
        rig.advance(Duration.ofMinutes(1));
        assertThat(rig.socket("web.socket").state()).isEqualTo(SocketState.LISTENING);
    }

    @Test
    void aReloadThatChangesTheServiceKeepsTheQueue() {
        rig.unit("web.socket", SOCKET)
                .unit("web.service", SERVICE.replace("[Service]", "[Service]\nType=notify"))
                .load();
        rig.connect();
        FakeChild child = rig.launcher().expectLaunch("web.service");
        rig.unit("web.socket", SOCKET + "Backlog=17\n").reload();
        assertThat(rig.socket("web.socket").state()).isEqualTo(SocketState.TRIGGERED);
        assertThat(rig.socket("web.socket").listeners().get(0).backlog()).isEqualTo(17);
        child.exit(0);
        rig.advance(Duration.ofMillis(101));
        rig.launcher().expectLaunch("web.service");
    }

    @Test
    void aSocketWhoseServiceIsTakenAwayKeepsItsListenerAndWaitsForAnother() throws IOException {
        rig.unit("web.socket", SOCKET).unit("web.service", SERVICE).load();
        rig.withdraw("web.service");
        rig.reload();
        rig.connect();
        assertThat(rig.socket("web.socket").state()).isEqualTo(SocketState.SUSPENDED);
        rig.unit("web.service", SERVICE).reload();
        rig.advance(Duration.ofSeconds(2));
        rig.launcher().expectLaunch("web.service");
    }
}
