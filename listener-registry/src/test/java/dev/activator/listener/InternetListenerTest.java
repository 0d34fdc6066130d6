package dev.activator.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.activator.config.BindIpv6Only;
import dev.activator.config.SocketDirectives;
import dev.activator.listener.kernel.LibC;
import dev.activator.listener.testing.FailingKernel;
import dev.activator.listener.testing.FdLeakCheck;
import dev.activator.listener.testing.FreePort;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(FdLeakCheck.class)
@SuppressWarnings("NullAway.Init")
final class InternetListenerTest {
    @TempDir
    Path directory;

    private Rig rig;
    private final int port = FreePort.tcp();

    @BeforeEach
    void setUp() {
        rig = new Rig(directory);
    }

    @AfterEach
    void tearDown() throws Exception {
        rig.close();
    }

    private static void assumeIpv6() {
        assumeTrue(Files.exists(Path.of("/proc/net/if_inet6")), "this host has no IPv6");
    }

    @Test
    void aClientIsTakenWithItsAddressAndADescriptorThatNoChildInherits() throws Exception {
        Listener listener = rig.open("ListenStream=127.0.0.1:" + port);
        assertThat(listener.accept()).isEqualTo(new Accepted.NothingQueued());
        int clientPort = rig.connect("127.0.0.1", port).socket().getLocalPort();
        Accepted.Connection connection = rig.accept(listener);
        assertThat(connection.local()).isEqualTo("127.0.0.1:" + port);
        assertThat(connection.peer().display()).isEqualTo("127.0.0.1:" + clientPort);
        assertThat(connection.peer().sourceKey()).isEqualTo("127.0.0.1");
        assertThat(connection.peer().port()).isEqualTo(clientPort);
        assertThat(connection.instanceName(7))
                .isEqualTo("7-" + connection.cookie() + "-127.0.0.1:" + port + "-127.0.0.1:" + clientPort);
        assertThat(connection.cookie()).isPositive();
        assertThat(connection.fd().purpose()).isEqualTo("connection web.socket from 127.0.0.1:" + clientPort);
        assertThat(LibC.fcntl(connection.fd().number(), 1, 0)).as("FD_CLOEXEC").isEqualTo(1);
        assertThat(LibC.fcntl(listener.fd().number(), 1, 0)).as("FD_CLOEXEC").isEqualTo(1);
    }

    @Test
    void aBarePortServesBothFamiliesAndIpv4ClientsAreNamedAsSuch() throws Exception {
        assumeIpv6();
        Listener listener = rig.open("ListenStream=" + port, "BindIPv6Only=both");
        assertThat(listener.address()).isEqualTo("[::]:" + port);
        rig.connect("127.0.0.1", port);
        Accepted.Connection four = rig.accept(listener);
        assertThat(four.peer().sourceKey()).isEqualTo("127.0.0.1");
        assertThat(four.local()).isEqualTo("127.0.0.1:" + port);
        assertThat(four.endpoints()).startsWith("127.0.0.1:" + port + "-127.0.0.1:");
        rig.connect("::1", port);
        Accepted.Connection six = rig.accept(listener);
        assertThat(six.peer().sourceKey()).isEqualTo("::1");
        assertThat(six.peer().display()).startsWith("[::1]:");
        assertThat(six.endpoints()).startsWith("::1:" + port + "-::1:");
    }

    @Test
    void ipv6OnlyRefusesIpv4() {
        assumeIpv6();
        rig.open("ListenStream=" + port, "BindIPv6Only=" + BindIpv6Only.IPV6_ONLY.word());
        assertThatThrownBy(() -> rig.connect("127.0.0.1", port)).isInstanceOf(ConnectException.class);
    }

    @Test
    void aBarePortFallsBackToIpv4WhereTheHostHasNoIpv6() throws Exception {
        Kernel withoutIpv6 = new FailingKernel(new LinuxKernel())
                .fail("socket", Errno.EAFNOSUPPORT)
                .kernel();
        rig = new Rig(directory, withoutIpv6, AccountIds.NONE);
        Listener listener = rig.open("ListenStream=" + port, "BindIPv6Only=both");
        assertThat(listener.address()).isEqualTo("0.0.0.0:" + port);
        rig.connect("127.0.0.1", port);
        assertThat(rig.accept(listener).peer().sourceKey()).isEqualTo("127.0.0.1");
    }

    @Test
    void theEffectiveBacklogIsWhatTheKernelGrants() {
        Listener unlimited = rig.open("ListenStream=127.0.0.1:" + port);
        assertThat(unlimited.effectiveBacklog())
                .isEqualTo(kernelLimit(unlimited))
                .isGreaterThan(100);
        rig.registry.close();
        Listener small = rig.open("ListenStream=127.0.0.1:" + port, "Backlog=7");
        assertThat(small.backlog()).isEqualTo(7);
        assertThat(small.effectiveBacklog()).isEqualTo(7);
        assertThat(kernelLimit(small)).isEqualTo(7);
    }

    private int kernelLimit(Listener listener) {
        return NativeOrder.getInt(rig.kernel.get(listener.fd(), SocketOption.TCP_INFO, 32), 28);
    }

    @Test
    void theQueueIsCountedWithoutTakingAnythingFromIt() throws Exception {
        Listener listener = rig.open("ListenStream=127.0.0.1:" + port);
        assertThat(listener.pendingConnections()).isZero();
        for (int i = 0; i < 3; i++) {
            rig.connect("127.0.0.1", port);
        }
        assertThat(listener.pendingConnections()).isEqualTo(3);
        rig.accept(listener);
        assertThat(listener.pendingConnections()).isEqualTo(2);
    }

    @Test
    void optionsAreOnTheListenerAndOnEveryConnection() throws Exception {
        Listener listener = rig.open(
                "ListenStream=127.0.0.1:" + port,
                "KeepAlive=yes",
                "KeepAliveTimeSec=11",
                "KeepAliveIntervalSec=1500ms",
                "KeepAliveProbes=3",
                "NoDelay=yes",
                "Priority=4",
                "IPTOS=low-delay",
                "IPTTL=9",
                "ReceiveBuffer=64K",
                "SendBuffer=32K",
                "DeferAcceptSec=0");
        assertThat(listener.warnings()).isEmpty();
        rig.connect("127.0.0.1", port);
        for (BorrowedFd fd :
                new BorrowedFd[] {listener.fd(), rig.accept(listener).fd().lend()}) {
            assertThat(rig.option(fd, SocketOption.SO_KEEPALIVE)).isEqualTo(1);
            assertThat(rig.option(fd, SocketOption.TCP_KEEPIDLE)).isEqualTo(11);
            assertThat(rig.option(fd, SocketOption.TCP_KEEPINTVL)).isEqualTo(2);
            assertThat(rig.option(fd, SocketOption.TCP_KEEPCNT)).isEqualTo(3);
            assertThat(rig.option(fd, SocketOption.TCP_NODELAY)).isEqualTo(1);
            assertThat(rig.option(fd, SocketOption.SO_PRIORITY)).isEqualTo(4);
            assertThat(rig.option(fd, SocketOption.IP_TOS)).isEqualTo(0x10);
            assertThat(rig.option(fd, SocketOption.IP_TTL)).isEqualTo(9);
            assertThat(rig.option(fd, SocketOption.SO_RCVBUF)).isEqualTo(2 * 65536);
            assertThat(rig.option(fd, SocketOption.SO_SNDBUF)).isEqualTo(2 * 32768);
        }
    }

    @Test
    void aConnectionWithoutDataStaysInTheKernelUnderDeferAccept() throws Exception {
        Listener listener = rig.open("ListenStream=127.0.0.1:" + port, "DeferAcceptSec=30");
        SocketChannel client = rig.connect("127.0.0.1", port);
        assertThat(listener.accept()).isInstanceOf(Accepted.NothingQueued.class);
        client.write(ByteBuffer.wrap(new byte[] {1}));
        assertThat(rig.accept(listener).peer().sourceKey()).isEqualTo("127.0.0.1");
    }

    @Test
    void anOptionThatTheHostRefusesIsAWarningAndTheListenerWorks() throws Exception {
        Listener listener = rig.open("ListenStream=127.0.0.1:" + port, "TCPCongestion=nosuch");
        assertThat(listener.warnings())
                .containsExactly("web.socket: cannot set TCP_CONGESTION (TCPCongestion=): ENOENT (No such file or"
                        + " directory), ignoring");
        rig.connect("127.0.0.1", port);
        rig.accept(listener);
    }

    @Test
    void buffersAboveTheHostsLimitAreTold() {
        Kernel unprivileged = new FailingKernel(new LinuxKernel())
                .refuse(SocketOption.SO_RCVBUFFORCE, Errno.EPERM)
                .kernel();
        rig = new Rig(directory, unprivileged, AccountIds.NONE);
        Listener listener = rig.open("ListenStream=127.0.0.1:" + port, "ReceiveBuffer=1G");
        assertThat(listener.warnings())
                .singleElement()
                .asString()
                .matches("web.socket: ReceiveBuffer= is \\d+ bytes instead of 1073741824, .* CAP_NET_ADMIN");
    }

    @Test
    void withoutReuseAddressThereIsNoListener() {
        Kernel refusing =
                new FailingKernel(new LinuxKernel()).fail("set", Errno.EPERM).kernel();
        rig = new Rig(directory, refusing, AccountIds.NONE);
        assertThat(rig.openFails("ListenStream=127.0.0.1:" + port))
                .hasMessage("web.socket: cannot set SO_REUSEADDR on 127.0.0.1:" + port
                        + ": EPERM (Operation not permitted)");
    }

    @Test
    void aPortInUseIsToldWithAWayToFindItsOwnerAndMayHeal() {
        rig.open("ListenStream=127.0.0.1:" + port);
        Rig other = new Rig(directory.resolve("other"));
        BindFailure failure = other.openFails("ListenStream=127.0.0.1:" + port);
        assertThat(failure)
                .hasMessage("web.socket: cannot bind 127.0.0.1:" + port
                        + ": EADDRINUSE (Address already in use), another socket is bound there; 'ss -lntup' names its"
                        + " process");
        assertThat(failure.mayHeal()).isTrue();
        assertThat(failure.stage()).isEqualTo("binding");
        assertThat(failure.errno()).isEqualTo(Errno.EADDRINUSE);
        assertThat(other.registry.all()).isEmpty();
    }

    @Test
    void aLowPortWithoutPrivilegeIsToldWithTheSysctl() {
        Kernel unprivileged =
                new FailingKernel(new LinuxKernel()).fail("bind", Errno.EACCES).kernel();
        rig = new Rig(directory, unprivileged, AccountIds.NONE);
        assertThat(rig.openFails("ListenStream=0.0.0.0:1").getMessage())
                .startsWith("web.socket: cannot bind 0.0.0.0:1: EACCES (Permission denied), ports below ")
                .endsWith(" need root, CAP_NET_BIND_SERVICE or a lower net.ipv4.ip_unprivileged_port_start");
    }

    @Test
    void anAddressThatNoInterfaceHasMayHealAndFreeBindTakesItAtOnce() {
        BindFailure failure = rig.openFails("ListenStream=192.0.2.1:" + port);
        assertThat(failure.errno()).isEqualTo(Errno.EADDRNOTAVAIL);
        assertThat(failure.mayHeal()).isTrue();
        assertThat(failure).hasMessageContaining("FreeBind=yes");
        assertThat(rig.open("ListenStream=192.0.2.1:" + port, "FreeBind=yes").address())
                .isEqualTo("192.0.2.1:" + port);
    }

    @Test
    void aMissingDeviceEndsTheBindAndMayHeal() {
        BindFailure failure = rig.openFails("ListenStream=127.0.0.1:" + port, "BindToDevice=nosuch0");
        assertThat(failure.stage()).isEqualTo("setting SO_BINDTODEVICE");
        assertThat(failure)
                .hasMessage("web.socket: cannot bind 127.0.0.1:" + port
                        + " to device nosuch0: ENODEV (No such device), there is no such network interface");
        assertThat(failure.mayHeal()).isTrue();
    }

    @Test
    void aMissingScopeInterfaceIsTold() {
        assumeIpv6();
        BindFailure failure = rig.openFails("ListenStream=[fe80::1]:" + port + "%%nosuch0");
        assertThat(failure.stage()).isEqualTo("finding the interface");
        assertThat(failure.errno()).isEqualTo(Errno.ENODEV);
    }

    @Test
    void datagramsArriveAndAreDiscardedOnDemand() throws Exception {
        int udp = FreePort.udp();
        Listener listener = rig.open("ListenDatagram=127.0.0.1:" + udp, "Broadcast=yes", "PassPacketInfo=yes");
        assertThat(listener.isConnectionOriented()).isFalse();
        assertThat(listener.effectiveBacklog()).isZero();
        assertThat(rig.option(listener.fd(), SocketOption.SO_BROADCAST)).isEqualTo(1);
        assertThat(rig.option(listener.fd(), SocketOption.IP_PKTINFO)).isEqualTo(1);
        assertThat(listener.pendingConnections()).isZero();
        try (DatagramSocket client = new DatagramSocket()) {
            for (int size : new int[] {0, 100, 60_000}) {
                client.send(new DatagramPacket(new byte[size], size, InetAddress.getLoopbackAddress(), udp));
            }
        }
        assertThat(listener.pendingConnections()).isEqualTo(1);
        assertThat(listener.discardQueued()).isEqualTo(3);
        assertThat(listener.pendingConnections()).isZero();
    }

    @Test
    void aQueueThatWasFullIsRememberedAndSoIsItsWorst() throws Exception {
        Listener listener = rig.open("ListenStream=127.0.0.1:" + port, "Backlog=1");
        assertThat(listener.overflows()).isZero();
        assertThat(listener.mostPending()).isEqualTo(-1);
        rig.connect("127.0.0.1", port);
        rig.connect("127.0.0.1", port);
        try (SocketChannel third = SocketChannel.open()) {
            third.configureBlocking(false);
            assertThat(third.connect(new InetSocketAddress("127.0.0.1", port)))
                    .as("the queue holds one more than the backlog")
                    .isFalse();
            assertThat(listener.pendingConnections()).isEqualTo(2);
            assertThat(listener.overflows()).isPositive();
        }
        assertThat(listener.discardQueued()).isEqualTo(2);
        assertThat(listener.pendingConnections()).isZero();
        assertThat(listener.mostPending()).isEqualTo(2);
    }

    @Test
    void twoListenersShareAPortWithReusePort() throws Exception {
        rig.registry.open(rig.unit("a.socket", "ListenStream=127.0.0.1:" + port, "ReusePort=yes"));
        rig.registry.open(rig.unit("b.socket", "ListenStream=127.0.0.1:" + port, "ReusePort=yes"));
        assertThat(rig.registry.all()).hasSize(2);
    }

    @Test
    void timestampingAndDefaultsAreRead() {
        Listener listener = rig.open("ListenDatagram=127.0.0.1:" + FreePort.udp(), "Timestamping=ns");
        assertThat(rig.option(listener.fd(), SocketOption.SO_TIMESTAMPNS)).isEqualTo(1);
        assertThat(listener.unit().get(SocketDirectives.BACKLOG)).isEqualTo(Integer.MAX_VALUE);
        assertThat(listener.fdName()).isEqualTo("web.socket");
    }
}
