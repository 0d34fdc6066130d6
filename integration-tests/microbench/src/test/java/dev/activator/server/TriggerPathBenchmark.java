package dev.activator.server;

import dev.activator.handoff.testing.FakeChild;
import dev.activator.parts.Scratch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What the loop does from a readable listener to the launch, the wait of epoll included, with a launcher that starts nothing. The client, the
 * end of the service and its way back to sleep are no part of the figure.
 */
@State(Scope.Thread)
public class TriggerPathBenchmark {
    @Param({"no", "yes"})
    public String accept = "no";

    private Scratch scratch;
    private Rig rig;
    private SocketChannel client;

    /** For each iteration a new one: it remembers every launch. */
    @Setup(Level.Iteration)
    public void open() throws IOException {
        boolean isAccepting = accept.equals("yes");
        scratch = new Scratch();
        rig = new Rig(scratch.directory());
        rig.unit("web.socket", "[Socket]\nListenStream=PORT\nTriggerLimitIntervalSec=0\nAccept=" + accept + "\n");
        rig.unit(
                isAccepting ? "web@.service" : "web.service",
                "[Unit]\nStartLimitIntervalSec=0\n[Service]\nExecStart=/bin/true\n"
                        + (isAccepting ? "StandardInput=socket\n" : ""));
        rig.load();
    }

    @TearDown(Level.Iteration)
    public void close() throws IOException {
        rig.close();
        scratch.close();
    }

    @Setup(Level.Invocation)
    public void connect() throws IOException {
        client = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), rig.port()));
        // Its end leaves nothing behind in the kernel.
        client.setOption(StandardSocketOptions.SO_LINGER, 0);
    }

    @TearDown(Level.Invocation)
    public void serve() throws IOException {
        FakeChild child = rig.launcher().running().get(0);
        if (accept.equals("no")) {
            rig.takeOne("web.socket");
        }
        client.close();
        child.exit(0);
        rig.advance(Duration.ZERO);
    }

    @Benchmark
    public void fromReadableToLaunch() {
        rig.advance(Duration.ZERO);
    }
}
