package dev.activator.listener;

import dev.activator.listener.testing.FreePort;
import dev.activator.listener.testing.SocketUnits;
import dev.activator.parts.Scratch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** How many connections are open at a listener, asked of the kernel by sock_diag; and by how full its queue is, of the listener itself. */
@State(Scope.Thread)
public class ConnectionCountingBenchmark {
    @Param({"0", "1000"})
    public int connections;

    private final LinuxKernel kernel = new LinuxKernel();
    private final ListenerRegistry registry = new ListenerRegistry(kernel, AccountIds.NONE);
    private final ConnectionCounter counter = new ConnectionCounter(kernel);
    private final Scratch scratch = new Scratch();
    private final List<SocketChannel> clients = new ArrayList<>();
    private List<Listener> listeners = List.of();

    @Setup
    public void open() throws BindFailure, IOException {
        int port = FreePort.tcp();
        listeners = registry.open(
                new SocketUnits(scratch.directory()).load("web.socket", "ListenStream=127.0.0.1:" + port));
        for (int i = 0; i < connections; i++) {
            SocketChannel client = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            client.setOption(StandardSocketOptions.SO_LINGER, 0);
            clients.add(client);
        }
    }

    @TearDown
    public void close() throws IOException {
        for (SocketChannel client : clients) {
            client.close();
        }
        registry.close();
        scratch.close();
    }

    @Benchmark
    public int bySockDiag() {
        return counter.openConnections(listeners);
    }

    @Benchmark
    public int waitingInTheQueue() {
        return listeners.get(0).pendingConnections();
    }
}
