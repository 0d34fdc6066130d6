package dev.activator.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Descriptors of this very process stand for inherited ones: a copy of each, with the original closed. */
class ListenFdTest {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final long PID = 4711;

    private final SocketCalls calls = new SocketCalls();

    private ListenFd inherited(SocketAddress local) throws IOException {
        for (int fd : SocketCalls.openDescriptors()) {
            if (local.equals(calls.localAddress(fd))) {
                return new ListenFd(calls.copy(fd), "web");
            }
        }
        throw new AssertionError("nothing at " + local);
    }

    private ListenFd listener() throws IOException {
        try (ServerSocketChannel original = ServerSocketChannel.open(StandardProtocolFamily.INET)) {
            original.bind(ANY, 50);
            return inherited(original.getLocalAddress());
        }
    }

    @Test
    void aListenerIsAChannelOfTheJdkThatAcceptsWhoConnectedBefore() throws IOException {
        ListenFd socket = listener();
        SocketAddress address = socket.address();
        try (SocketChannel early = SocketChannel.open(address);
                ServerSocketChannel channel = socket.serverSocketChannel();
                SocketChannel accepted = channel.accept()) {
            assertThat(accepted.getRemoteAddress()).isEqualTo(early.getLocalAddress());
            assertThat(accepted.getLocalAddress()).isEqualTo(address);
        }
        assertThatThrownBy(() -> SocketChannel.open(address))
                .as("closed with the channel")
                .isInstanceOf(IOException.class);
    }

    @Test
    void itSelects() throws IOException {
        ListenFd socket = listener();
        try (SocketChannel client = SocketChannel.open(socket.address());
                ServerSocketChannel channel = socket.serverSocketChannel();
                Selector selector = Selector.open()) {
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_ACCEPT);
            assertThat(selector.select(10_000)).isOne();
            try (SocketChannel accepted = channel.accept()) {
                assertThat(accepted.getRemoteAddress()).isEqualTo(client.getLocalAddress());
            }
        }
    }

    @Test
    void aUnixListenerLeavesNoNodeBehind(@TempDir Path directory) throws IOException {
        UnixDomainSocketAddress path = UnixDomainSocketAddress.of(directory.resolve("s"));
        ListenFd socket;
        try (ServerSocketChannel original = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket = inherited(original.bind(path).getLocalAddress());
        }
        assertThat(socket.address()).isEqualTo(path);
        try (SocketChannel client = SocketChannel.open(path);
                ServerSocketChannel channel = socket.serverSocketChannel();
                SocketChannel accepted = channel.accept()) {
            client.write(ByteBuffer.wrap(new byte[] {7}));
            ByteBuffer read = ByteBuffer.allocate(1);
            accepted.read(read);
            assertThat(read.get(0)).isEqualTo((byte) 7);
        }
    }

    @Test
    void datagramsThatWaitAreReceived() throws IOException {
        ListenFd socket;
        try (DatagramChannel original = DatagramChannel.open(StandardProtocolFamily.INET)) {
            socket = inherited(original.bind(ANY).getLocalAddress());
        }
        SocketAddress address = socket.address();
        try (DatagramChannel client = DatagramChannel.open(StandardProtocolFamily.INET);
                DatagramChannel channel = socket.datagramChannel()) {
            client.bind(ANY).send(ByteBuffer.wrap(new byte[] {5}), address);
            ByteBuffer read = ByteBuffer.allocate(2);
            assertThat(channel.receive(read)).isEqualTo(client.getLocalAddress());
            channel.send(ByteBuffer.wrap(new byte[] {6}), client.getLocalAddress());
            assertThat(client.receive(read))
                    .as("answers come from where it listens")
                    .isEqualTo(address);
        }
    }

    @Test
    void itTakesThePlaceOfASocketThatAServerHasOpened() throws Exception {
        ListenFd socket = listener();
        int port = ((InetSocketAddress) socket.address()).getPort();
        HttpServer server = HttpServer.create(ANY, 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        InetSocketAddress own = server.getAddress();
        socket.replace(own);
        server.start();
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(204);
            assertThatThrownBy(() -> SocketChannel.open(own))
                    .as("the server's own is gone")
                    .isInstanceOf(IOException.class);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void whatItIsNotIsToldAndItStaysUsable() throws IOException {
        ListenFd socket = listener();
        assertThatThrownBy(socket::datagramChannel).hasMessage(socket + " is not a datagram socket");
        assertThatThrownBy(socket::socketChannel).hasMessage(socket + " is not a connection");
        socket.serverSocketChannel().close();
    }

    @Test
    void itIsUsedOnce() throws IOException {
        ListenFd socket = listener();
        try (ServerSocketChannel channel = socket.serverSocketChannel()) {
            assertThat(channel.isOpen()).isTrue();
            assertThatThrownBy(() -> socket.replace(ANY)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aConnectionNeedsTheJvmsOptionAndSaysSo() throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open().bind(ANY);
                SocketChannel client = SocketChannel.open(listener.getLocalAddress());
                SocketChannel accepted = listener.accept()) {
            assertThat(accepted.isConnected()).isTrue();
            ListenFd connection = inherited(client.getLocalAddress());
            assertThatThrownBy(connection::socketChannel)
                    .hasMessageContaining("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");
            calls.close(connection.number());
        }
    }

    @Test
    void withoutSocketsItSaysWhatIsMissingAndWhatGivesIt() {
        assertThat(ListenFds.of(Map.of(), PID).missing("http"))
                .isEqualTo(
                        "no socket 'http': LISTEN_FDS is not set: this process was not started by a super-server that hands"
                                + " over sockets");
        assertThat(ListenFds.of(Map.of("LISTEN_FDS", "1", "LISTEN_PID", "12"), PID)
                        .missing("http"))
                .contains("LISTEN_PID is 12, and this process is 4711")
                .contains("must 'exec' the JVM");
        assertThat(ListenFds.of(Map.of("LISTEN_FDS", "many", "LISTEN_PID", "4711"), PID)
                        .missing("http"))
                .contains("LISTEN_FDS is 'many'");
    }

    @Test
    void anUnknownNameIsAnsweredWithTheNamesThatThereAre() throws IOException {
        ListenFds none = ListenFds.of(Map.of(), PID);
        assertThat(none.all()).isEqualTo(List.of());
        assertThatThrownBy(() -> none.require("http"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("'http'");
        try (ServerSocketChannel own = none.serverSocketOrBind("http", ANY)) {
            assertThat(own.getLocalAddress()).as("bound by itself").isNotNull();
        }
    }
}
