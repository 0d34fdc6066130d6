package dev.activator.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.activator.config.SocketUnit;
import dev.activator.listener.testing.SocketUnits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A registry on the real kernel, unit files in a directory of the test, and clients; closes all it opened. */
final class Rig {
    final Path directory;
    final Kernel kernel;
    final ListenerRegistry registry;
    private final SocketUnits units;
    private final List<AutoCloseable> clients = new ArrayList<>();

    Rig(Path directory) {
        this(directory, new LinuxKernel(), AccountIds.NONE);
    }

    Rig(Path directory, Kernel kernel, AccountIds accounts) {
        try {
            this.directory = directory;
            this.kernel = kernel;
            registry = new ListenerRegistry(kernel, accounts);
            units = new SocketUnits(Files.createDirectories(directory.resolve("units")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    SocketUnit unit(String name, String... lines) {
        return units.load(name, lines);
    }

    /** Opens web.socket with its one listener. */
    Listener open(String... lines) {
        try {
            List<Listener> opened = registry.open(unit("web.socket", lines));
            assertThat(opened).hasSize(1);
            return opened.get(0);
        } catch (BindFailure e) {
            throw new AssertionError(e);
        }
    }

    BindFailure openFails(String... lines) {
        SocketUnit unit = unit("web.socket", lines);
        return catchThrowableOfType(BindFailure.class, () -> registry.open(unit));
    }

    SocketChannel connect(String host, int port) throws IOException {
        return keep(SocketChannel.open(new InetSocketAddress(host, port)));
    }

    SocketChannel connect(Path path) throws IOException {
        SocketChannel client = keep(SocketChannel.open(StandardProtocolFamily.UNIX));
        client.connect(UnixDomainSocketAddress.of(path));
        return client;
    }

    <T extends AutoCloseable> T keep(T client) {
        clients.add(client);
        return client;
    }

    /** The connection that waits; closed with the rig. */
    Accepted.Connection accept(Listener listener) {
        Accepted accepted = listener.accept();
        assertThat(accepted).isInstanceOf(Accepted.Connection.class);
        Accepted.Connection connection = (Accepted.Connection) accepted;
        keep(connection.fd());
        return connection;
    }

    int option(BorrowedFd fd, SocketOption option) {
        return NativeOrder.getInt(kernel.get(fd, option, 4), 0);
    }

    void close() throws Exception {
        for (AutoCloseable client : clients) {
            client.close();
        }
        registry.close();
    }
}
