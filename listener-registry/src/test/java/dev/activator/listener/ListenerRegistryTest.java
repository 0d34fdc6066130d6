package dev.activator.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.activator.config.SocketUnit;
import dev.activator.listener.testing.FdLeakCheck;
import dev.activator.listener.testing.FreePort;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(FdLeakCheck.class)
@SuppressWarnings("NullAway.Init")
final class ListenerRegistryTest {
    @TempDir
    Path directory;

    private Rig rig;
    private final int port = FreePort.tcp();
    private final String tcp = "ListenStream=127.0.0.1:" + port;

    @BeforeEach
    void setUp() {
        rig = new Rig(directory);
    }

    @AfterEach
    void tearDown() throws Exception {
        rig.close();
    }

    @Test
    void listenersComeInTheUnitsOrder() throws Exception {
        Path node = directory.resolve("s");
        List<Listener> opened =
                rig.registry.open(rig.unit("web.socket", "ListenStream=" + node, tcp, "ListenFIFO=" + node + "f"));
        assertThat(opened)
                .extracting(Listener::address)
                .containsExactly(node.toString(), "127.0.0.1:" + port, node + "f");
        assertThat(rig.registry.all()).containsExactlyInAnyOrderElementsOf(opened);
        assertThat(OwnedFd.inventory())
                .containsEntry(opened.get(1).fd().number(), "listener web.socket stream 127.0.0.1:" + port);
    }

    @Test
    void aUnitIsOpenedWholeOrNotAtAll() throws Exception {
        SocketUnit unit = rig.unit("web.socket", tcp, "ListenStream=192.0.2.1:" + port);
        assertThat(catchThrowableOfType(BindFailure.class, () -> rig.registry.open(unit))
                        .socket())
                .isEqualTo(unit.listen().get(1));
        assertThat(rig.registry.all()).isEmpty();
        assertThatThrownBy(() -> rig.connect("127.0.0.1", port)).isInstanceOf(ConnectException.class);
    }

    @Test
    void anAddressOfAnotherUnitIsRefusedWithItsName() throws Exception {
        rig.registry.open(rig.unit("first.socket", tcp));
        SocketUnit second = rig.unit("first2.socket", "ListenStream=127.0.0.2:" + port);
        rig.registry.open(second);
        Rig elsewhere = new Rig(directory.resolve("elsewhere"));
        SocketUnit duplicate = elsewhere.unit("second.socket", tcp);
        assertThat(catchThrowableOfType(BindFailure.class, () -> rig.registry.open(duplicate)))
                .hasMessage("second.socket: cannot bind 127.0.0.1:" + port
                        + ": EADDRINUSE (Address already in use), it belongs to first.socket already");
    }

    @Test
    void aReloadKeepsTheListenerAndItsQueueAndSetsItsOptionsAgain() throws Exception {
        Listener before = rig.open(tcp, "NoDelay=yes", "Priority=3", "Backlog=5");
        rig.connect("127.0.0.1", port);
        int number = before.fd().number();
        SocketUnit changed = rig.unit("web.socket", tcp, "KeepAlive=yes", "Backlog=50");
        List<Listener> after = rig.registry.reopen(changed, List.of(before));
        assertThat(before.isOpen()).isFalse();
        Listener listener = after.get(0);
        assertThat(listener.fd().number()).isEqualTo(number);
        assertThat(listener.unit()).isEqualTo(changed);
        assertThat(listener.effectiveBacklog()).isEqualTo(50);
        assertThat(NativeOrder.getInt(rig.kernel.get(listener.fd(), SocketOption.TCP_INFO, 32), 28))
                .as("the kernel's limit")
                .isEqualTo(50);
        assertThat(rig.option(listener.fd(), SocketOption.SO_KEEPALIVE)).isEqualTo(1);
        assertThat(rig.option(listener.fd(), SocketOption.TCP_NODELAY)).isZero();
        assertThat(rig.option(listener.fd(), SocketOption.SO_PRIORITY)).isZero();
        assertThat(rig.accept(listener).peer().sourceKey()).isEqualTo("127.0.0.1");
        assertThat(rig.registry.all()).containsExactly(listener);
    }

    @Test
    void aReloadOpensWhatIsNewAndClosesWhatIsGone() throws Exception {
        int other = FreePort.tcp();
        List<Listener> before = rig.registry.open(rig.unit("web.socket", tcp));
        List<Listener> after = rig.registry.reopen(rig.unit("web.socket", "ListenStream=127.0.0.1:" + other), before);
        assertThat(after).extracting(Listener::address).containsExactly("127.0.0.1:" + other);
        assertThatThrownBy(() -> rig.connect("127.0.0.1", port)).isInstanceOf(ConnectException.class);
    }

    @Test
    void aReloadThatFailsLeavesEverythingAsItWas() throws Exception {
        List<Listener> before = rig.registry.open(rig.unit("web.socket", tcp));
        SocketUnit bad = rig.unit(
                "web.socket", tcp, "ListenStream=127.0.0.1:" + FreePort.tcp(), "ListenStream=192.0.2.1:" + port);
        assertThat(catchThrowableOfType(BindFailure.class, () -> rig.registry.reopen(bad, before)))
                .isNotNull();
        assertThat(rig.registry.all()).containsExactlyElementsOf(before);
        rig.connect("127.0.0.1", port);
        rig.accept(before.get(0));
    }

    @Test
    void aListenerThatCameWithAnUpgradeIsAdoptedWithItsQueue() throws Exception {
        Listener old = rig.open(tcp);
        rig.connect("127.0.0.1", port);
        OwnedFd inherited = old.release();
        SocketUnit unit = rig.unit("web.socket", tcp, "KeepAlive=yes");
        Listener adopted = rig.registry.adopt(unit, unit.listen().get(0), inherited);
        assertThat(inherited.isOpen()).isFalse();
        assertThat(rig.option(adopted.fd(), SocketOption.SO_KEEPALIVE)).isEqualTo(1);
        rig.accept(adopted);
    }

    @Test
    void whatIsNoListenerIsNotAdoptedAndClosed() throws Exception {
        SocketUnit unit = rig.unit("web.socket", tcp);
        OwnedFd pipe = rig.kernel.openFifo(fifo(), "a FIFO");
        assertThatThrownBy(() -> rig.registry.adopt(unit, unit.listen().get(0), pipe))
                .isInstanceOf(SystemCallException.class)
                .hasMessageContaining("ENOTSOCK");
        assertThat(rig.registry.all()).isEmpty();
    }

    private String fifo() {
        Path path = directory.resolve("fifo");
        rig.kernel.makeFifo(path.toString(), 0600);
        return path.toString();
    }

    @Test
    void aVsockListenerIsOpenedAndCountsNothing() {
        assumeTrue(Files.exists(Path.of("/dev/vsock")), "this kernel has no vsock");
        Listener listener = rig.open("ListenStream=vsock::" + (100_000 + port));
        assertThat(listener.address()).isEqualTo("vsock:4294967295:" + (100_000 + port));
        assertThat(listener.accept()).isInstanceOf(Accepted.NothingQueued.class);
        assertThat(listener.pendingConnections()).isZero();
        assertThat(new ConnectionCounter(rig.kernel).openConnections(List.of(listener)))
                .isZero();
    }

    @Test
    void aDirectiveThatOnlyCountsAtTheBindIsToldOnReload() throws Exception {
        List<Listener> before = rig.registry.open(rig.unit("web.socket", "ListenStream=" + port, "TCPCongestion=reno"));
        SocketUnit changed = rig.unit("web.socket", "ListenStream=" + port, "BindIPv6Only=both");
        Listener after = rig.registry.reopen(changed, before).get(0);
        after.applyOptions();
        assertThat(after.warnings())
                .containsExactlyInAnyOrder(
                        "web.socket: TCPCongestion= is no longer set, which counts once the socket is stopped and"
                                + " started",
                        "web.socket: BindIPv6Only= has changed, which counts once the socket is stopped and started");
    }

    @Test
    void closedListenersAreForgottenOnce() {
        Listener listener = rig.open(tcp);
        listener.close();
        listener.close();
        listener.forget();
        assertThat(rig.registry.all()).isEmpty();
        rig.open(tcp);
    }
}
