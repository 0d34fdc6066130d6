package dev.activator.listener;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.listener.kernel.LibC;
import dev.activator.listener.testing.FailingKernel;
import dev.activator.listener.testing.FdLeakCheck;
import dev.activator.listener.testing.FreePort;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(FdLeakCheck.class)
@SuppressWarnings("NullAway.Init")
final class ConnectionCounterTest {
    @TempDir
    Path directory;

    private Rig rig;
    private ConnectionCounter bySockDiag;
    private ConnectionCounter byText;
    private final int port = FreePort.tcp();

    @BeforeEach
    void setUp() {
        rig = new Rig(directory);
        bySockDiag = new ConnectionCounter(rig.kernel, Path.of("/nonexistent"));
        Errno[] refusals = new Errno[100];
        Arrays.fill(refusals, Errno.EPERM);
        byText = new ConnectionCounter(
                new FailingKernel(rig.kernel).fail("sendNetlink", refusals).kernel());
    }

    @AfterEach
    void tearDown() throws Exception {
        rig.close();
    }

    /** Both ways to count must agree. */
    private Map<Listener, Integer> count(Listener... listeners) {
        Map<Listener, Integer> counts = bySockDiag.count(List.of(listeners));
        assertThat(byText.count(List.of(listeners))).isEqualTo(counts);
        return counts;
    }

    private Listener open(String unit, String... lines) throws BindFailure {
        return rig.registry.open(rig.unit(unit, lines)).get(0);
    }

    @Test
    void queuedAndAcceptedConnectionsCountAndTheListenerItselfDoesNot() throws Exception {
        Listener listener = rig.open("ListenStream=127.0.0.1:" + port);
        assertThat(count(listener)).containsEntry(listener, 0);
        rig.connect("127.0.0.1", port);
        rig.connect("127.0.0.1", port);
        assertThat(count(listener)).containsEntry(listener, 2);
        rig.accept(listener);
        assertThat(count(listener)).containsEntry(listener, 2);
        assertThat(bySockDiag.openConnections(List.of(listener))).isEqualTo(2);
    }

    @Test
    void aConnectionCountsUntilTheServiceHasClosedIt() throws Exception {
        Listener listener = rig.open("ListenStream=127.0.0.1:" + port);
        SocketChannel client = rig.connect("127.0.0.1", port);
        Accepted.Connection connection = rig.accept(listener);
        client.close();
        assertThat(count(listener)).as("CLOSE_WAIT").containsEntry(listener, 1);
        connection.fd().close();
        assertThat(count(listener)).as("both closed").containsEntry(listener, 0);
    }

    @Test
    void timeWaitAndWhatTheKernelFinishesAloneDoNotCount() throws Exception {
        Listener listener = rig.open("ListenStream=127.0.0.1:" + port);
        SocketChannel client = rig.connect("127.0.0.1", port);
        rig.accept(listener).fd().close();
        assertThat(count(listener)).as("FIN_WAIT2 without an owner").containsEntry(listener, 0);
        client.close();
        assertThat(count(listener)).as("TIME_WAIT").containsEntry(listener, 0);
    }

    @Test
    void aServiceThatShutDownItsOwnDirectionStillHasTheConnection() throws Exception {
        Listener listener = rig.open("ListenStream=127.0.0.1:" + port);
        rig.connect("127.0.0.1", port);
        Accepted.Connection connection = rig.accept(listener);
        LibC.shutdown(connection.fd().number(), 1);
        assertThat(count(listener)).as("FIN_WAIT2 with an owner").containsEntry(listener, 1);
    }

    @Test
    void dualStackConnectionsOfBothFamiliesCount() throws Exception {
        Listener listener = rig.open("ListenStream=" + port, "BindIPv6Only=both");
        rig.connect("127.0.0.1", port);
        assertThat(count(listener)).containsEntry(listener, 1);
        if (listener.address().startsWith("[")) {
            rig.connect("::1", port);
            assertThat(count(listener)).containsEntry(listener, 2);
        }
    }

    @Test
    void oneWalkTellsManyListenersApart() throws Exception {
        List<Listener> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            int each = FreePort.tcp();
            all.add(open("s" + i + ".socket", "ListenStream=127.0.0.1:" + each));
            if (i % 10 == 0) {
                rig.connect("127.0.0.1", each);
            }
        }
        for (int size : new int[] {1, 2, 64, 65, 100}) {
            Listener[] asked = all.subList(0, size).toArray(new Listener[0]);
            Map<Listener, Integer> counts = count(asked);
            for (int i = 0; i < size; i++) {
                assertThat(counts).containsEntry(all.get(i), i % 10 == 0 ? 1 : 0);
            }
        }
    }

    @Test
    void theSamePortAtTwoAddressesIsCountedApart() throws Exception {
        Listener one = open("one.socket", "ListenStream=127.0.0.1:" + port);
        Listener two = open("two.socket", "ListenStream=127.0.0.2:" + port);
        rig.connect("127.0.0.2", port);
        assertThat(count(one, two)).containsEntry(one, 0).containsEntry(two, 1);
        assertThat(count(one)).containsEntry(one, 0);
    }

    @Test
    void manyConnectionsSpanSeveralAnswersOfTheKernel() throws Exception {
        Listener listener = rig.open("ListenStream=127.0.0.1:" + port);
        for (int i = 0; i < 700; i++) {
            rig.connect("127.0.0.1", port);
        }
        assertThat(count(listener)).containsEntry(listener, 700);
        assertThat(listener.pendingConnections()).isEqualTo(700);
    }

    @Test
    void unixConnectionsCountByPathAndAbstractName() throws Exception {
        Path node = directory.resolve("sö");
        Listener path = open("path.socket", "ListenStream=" + node);
        String name = "activator-count-" + ProcessHandle.current().pid();
        Listener named = open("named.socket", "ListenStream=@" + name);
        assertThat(count(path, named)).containsEntry(path, 0).containsEntry(named, 0);
        SocketChannel client = rig.connect(node);
        rig.connect(node);
        OwnedFd other = rig.keep(rig.kernel.socket(Families.AF_UNIX, Families.SOCK_STREAM, 0, "client"));
        rig.kernel.connect(other.lend(), new SocketName.UnixAbstract(name));
        assertThat(count(path, named)).containsEntry(path, 2).containsEntry(named, 1);
        Accepted.Connection connection = rig.accept(path);
        client.close();
        assertThat(count(path)).as("the service still has it").containsEntry(path, 2);
        connection.fd().close();
        assertThat(count(path)).containsEntry(path, 1);
    }

    @Test
    void datagramListenersHaveNone() throws Exception {
        Listener listener = rig.open("ListenDatagram=127.0.0.1:" + FreePort.udp());
        assertThat(count(listener)).containsEntry(listener, 0);
    }
}
