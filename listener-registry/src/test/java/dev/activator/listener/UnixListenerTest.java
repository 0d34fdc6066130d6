package dev.activator.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.activator.config.ListenAddress;
import dev.activator.config.ListenSocket;
import dev.activator.config.SocketKind;
import dev.activator.config.SocketUnit;
import dev.activator.listener.testing.FailingKernel;
import dev.activator.listener.testing.FdLeakCheck;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(FdLeakCheck.class)
@SuppressWarnings("NullAway.Init")
final class UnixListenerTest {
    @TempDir
    Path directory;

    private Rig rig;
    private Path node;

    @BeforeEach
    void setUp() {
        rig = new Rig(directory);
        node = directory.resolve("s");
    }

    @AfterEach
    void tearDown() throws Exception {
        rig.close();
    }

    private static String mode(Path path) throws Exception {
        return Integer.toOctalString((Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 0777);
    }

    private static int id(String which, Path path) throws Exception {
        return (Integer) Files.getAttribute(path, which, LinkOption.NOFOLLOW_LINKS);
    }

    @Test
    void theNodeHasSocketModeAndItsDirectoriesDirectoryMode() throws Exception {
        node = directory.resolve("a/b/s");
        rig.open("ListenStream=" + node, "SocketMode=0620", "DirectoryMode=0711");
        assertThat(mode(node)).isEqualTo("620");
        assertThat(mode(directory.resolve("a/b"))).isEqualTo("711");
        assertThat(mode(directory.resolve("a"))).isEqualTo("711");
    }

    @Test
    void everybodyMayConnectByDefaultWhateverOurUmask() throws Exception {
        int before = rig.kernel.umask(077);
        try {
            rig.open("ListenStream=" + node);
            assertThat(rig.kernel.umask(077)).as("the umask afterwards").isEqualTo(077);
        } finally {
            rig.kernel.umask(before);
        }
        assertThat(mode(node)).isEqualTo("666");
    }

    @Test
    void aClientIsNamedByItsCredentials() throws Exception {
        Listener listener = rig.open("ListenStream=" + node);
        assertThat(listener.address()).isEqualTo(node.toString());
        rig.connect(node);
        Accepted.Connection connection = rig.accept(listener);
        Peer peer = connection.peer();
        assertThat(peer.pid()).isEqualTo((int) ProcessHandle.current().pid());
        assertThat(peer.uid()).isEqualTo(id("unix:uid", node));
        assertThat(peer.sourceKey()).isEqualTo("uid " + peer.uid());
        assertThat(connection.local()).isEqualTo(node.toString());
        assertThat(connection.instanceName(3))
                .isEqualTo("3-" + connection.cookie() + "-" + peer.pid() + "-" + peer.uid());
    }

    @Test
    void abstractAndSeqpacketListenersAccept() throws Exception {
        String name = "activator-test-" + ProcessHandle.current().pid();
        Listener listener = rig.open("ListenSequentialPacket=@" + name);
        assertThat(listener.address()).isEqualTo("@" + name);
        OwnedFd client = rig.keep(rig.kernel.socket(Families.AF_UNIX, Families.SOCK_SEQPACKET, 0, "client"));
        rig.kernel.connect(client.lend(), new SocketName.UnixAbstract(name));
        assertThat(listener.pendingConnections()).isEqualTo(1);
        assertThat(rig.accept(listener).local()).isEqualTo("@" + name);
        assertThat(listener.pendingConnections()).isZero();
    }

    @Test
    void datagramsAreDiscarded() throws Exception {
        Listener listener = rig.open("ListenDatagram=" + node, "PassCredentials=yes");
        assertThat(rig.option(listener.fd(), SocketOption.SO_PASSCRED)).isEqualTo(1);
        OwnedFd client = rig.keep(rig.kernel.socket(Families.AF_UNIX, Families.SOCK_DGRAM, 0, "client"));
        rig.kernel.connect(client.lend(), new SocketName.UnixPath(node.toString()));
        rig.kernel.sendNetlink(client.lend(), new byte[] {1, 2, 3});
        assertThat(listener.pendingConnections()).isEqualTo(1);
        assertThat(listener.discardQueued()).isEqualTo(1);
    }

    @Test
    void aStaleSocketIsReplaced() throws Exception {
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(node));
        }
        assertThat(node).exists();
        Listener listener = rig.open("ListenStream=" + node);
        rig.connect(node);
        rig.accept(listener);
    }

    @Test
    void aLiveSocketOfSomebodyElseIsNeitherRemovedNorDisturbed() throws Exception {
        try (ServerSocketChannel live = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            live.bind(UnixDomainSocketAddress.of(node)).configureBlocking(false);
            BindFailure failure = rig.openFails("ListenStream=" + node);
            assertThat(failure)
                    .hasMessage("web.socket: cannot bind " + node
                            + ": EADDRINUSE (Address already in use), another process's live socket is there and is"
                            + " not removed");
            assertThat(failure.mayHeal()).isTrue();
            assertThat(live.accept()).as("no probe in its queue").isNull();
            rig.connect(node);
            assertThat(rig.keep(live.accept())).isNotNull();
        }
    }

    @Test
    void aLiveDatagramSocketIsNotRemovedEither() throws Exception {
        OwnedFd live = rig.keep(rig.kernel.socket(Families.AF_UNIX, Families.SOCK_DGRAM, 0, "live"));
        rig.kernel.bind(live.lend(), new SocketName.UnixPath(node.toString()));
        assertThat(rig.openFails("ListenStream=" + node)).hasMessageContaining("live socket");
    }

    @Test
    void aRegularFileInTheWayIsLeftAlone() throws Exception {
        Files.writeString(node, "precious");
        assertThat(rig.openFails("ListenStream=" + node))
                .hasMessage("web.socket: cannot bind " + node
                        + ": EADDRINUSE (Address already in use), a regular file is there and is not removed");
        assertThat(node).hasContent("precious");
    }

    @Test
    void aDanglingLinkInTheWayIsLeftAlone() throws Exception {
        Files.createSymbolicLink(node, directory.resolve("nowhere"));
        assertThat(rig.openFails("ListenStream=" + node)).hasMessageContaining("a symbolic link is there");
    }

    @Test
    void aPathTooLongForTheKernelIsToldWithItsLength() throws Exception {
        SocketUnit unit = rig.unit("web.socket", "ListenStream=" + node);
        ListenSocket tooLong = new ListenSocket(SocketKind.STREAM, new ListenAddress.UnixPath("/" + "x".repeat(107)));
        ListenerBinding binding = new ListenerBinding(rig.kernel, AccountIds.NONE, new BindAttempt(unit, tooLong));
        BindFailure failure = catchThrowableOfType(BindFailure.class, binding::open);
        assertThat(failure).hasMessageEndingWith("a socket's path has at most 107 bytes, this one has 108");
        assertThat(failure.mayHeal()).isFalse();
    }

    @Test
    void aDirectoryThatCannotBeMadeIsNamed() throws Exception {
        Files.createFile(directory.resolve("file"));
        BindFailure failure = rig.openFails("ListenStream=" + directory + "/file/sub/s");
        assertThat(failure.stage()).isEqualTo("creating directory '" + directory + "/file'");
        assertThat(failure.errno()).isEqualTo(Errno.EEXIST);
    }

    @Test
    void linksAreMadeOnceAndRemovedWithTheNode() throws Exception {
        Path link = directory.resolve("links/one");
        Path taken = Files.createFile(directory.resolve("taken"));
        String[] lines = {"ListenStream=" + node, "Symlinks=" + link + " " + taken, "RemoveOnStop=yes"};
        Listener listener = rig.open(lines);
        assertThat(link).isSymbolicLink();
        assertThat(listener.warnings())
                .containsExactly(
                        "web.socket: cannot link '" + taken + "' to " + node + ": EEXIST (File exists), ignoring");
        listener.applyOptions();
        assertThat(link).isSymbolicLink();
        listener.close();
        assertThat(node).doesNotExist();
        assertThat(link).doesNotExist();
        assertThat(taken).exists();
    }

    @Test
    void theNodeStaysWithoutRemoveOnStopAndWhenTheListenerIsForgotten() throws Exception {
        rig.open("ListenStream=" + node).close();
        assertThat(node).exists();
        rig.open("ListenStream=" + node, "RemoveOnStop=yes").forget();
        assertThat(node).exists();
    }

    @Test
    void anUnknownOwnerIsNamedAndLeavesNoNode() {
        BindFailure failure = rig.openFails("ListenStream=" + node, "SocketUser=nosuchuser");
        assertThat(failure)
                .hasMessage("web.socket: cannot resolve SocketUser= 'nosuchuser': ENOENT (No such file or directory),"
                        + " there is no such account");
        assertThat(node).doesNotExist();
    }

    @Test
    void anOwnerThatWeMayNotGiveItToEndsTheBindAndLeavesNoNode() {
        Kernel unprivileged = new FailingKernel(new LinuxKernel())
                .fail("changeOwner", Errno.EPERM)
                .kernel();
        rig = new Rig(directory, unprivileged, AccountIds.NONE);
        assertThat(rig.openFails("ListenStream=" + node, "SocketUser=12345"))
                .hasMessage("web.socket: cannot change the owner of " + node
                        + " to 12345:-1: EPERM (Operation not permitted)");
        assertThat(node).doesNotExist();
    }

    @Test
    void theNodeBelongsToItsOwner() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root may give files away");
        rig = new Rig(directory, new LinuxKernel(), new AccountIds() {
            @Override
            public OptionalInt uid(String user) {
                return OptionalInt.of(4711);
            }

            @Override
            public OptionalInt gid(String group) {
                return OptionalInt.of(4712);
            }
        });
        rig.open("ListenStream=" + node, "SocketUser=web", "SocketGroup=4713");
        assertThat(id("unix:uid", node)).isEqualTo(4711);
        assertThat(id("unix:gid", node)).isEqualTo(4713);
    }

    @Test
    void aFifoIsMadeWatchedAndDrained() throws Exception {
        Listener listener = rig.open("ListenFIFO=" + node, "SocketMode=0602", "PipeSize=128K");
        assertThat(mode(node)).isEqualTo("602");
        assertThat(listener.address()).isEqualTo(node.toString());
        assertThat(listener.isConnectionOriented()).isFalse();
        Files.write(node, new byte[100_000]);
        assertThat(listener.pendingConnections()).isEqualTo(1);
        assertThat(listener.discardQueued()).isPositive();
        assertThat(listener.pendingConnections()).isZero();
        listener.close();
        rig.open("ListenFIFO=" + node, "SocketMode=0666");
        assertThat(mode(node)).as("an old FIFO is taken over").isEqualTo("666");
    }

    @Test
    void aFileWhereAFifoShouldBeIsLeftAlone() throws Exception {
        Files.writeString(node, "precious");
        assertThat(rig.openFails("ListenFIFO=" + node))
                .hasMessage("web.socket: cannot create FIFO " + node
                        + ": EEXIST (File exists), something else is there and is not removed");
        assertThat(node).hasContent("precious");
    }
}
