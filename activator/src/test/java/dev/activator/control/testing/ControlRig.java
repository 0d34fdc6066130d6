package dev.activator.control.testing;

import dev.activator.control.ControlServer;
import dev.activator.listener.NettyLoop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A control server on a real socket below a directory, on a loop of its own, in front of {@link FakeOperations}. */
public final class ControlRig implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 10;

    private final NettyLoop loop = NettyLoop.start("rig");
    private final FakeOperations operations = new FakeOperations();
    private final Path runtime;
    private final ControlServer server;

    public ControlRig(Path runtime) {
        this.runtime = runtime;
        this.server = new ControlServer(loop, operations, socket());
    }

    /** A rig whose server is open. */
    public static ControlRig open(Path runtime) throws IOException {
        ControlRig rig = new ControlRig(runtime);
        rig.openServer();
        return rig;
    }

    public void openServer() throws IOException {
        CompletableFuture<Void> opened = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                server.open();
                opened.complete(null);
            } catch (IOException refusal) {
                opened.completeExceptionally(refusal);
            }
        });
        try {
            opened.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException failure) {
            if (failure.getCause() instanceof IOException refusal) {
                throw refusal;
            }
            throw new AssertionError(failure);
        } catch (InterruptedException | java.util.concurrent.TimeoutException stuck) {
            throw new AssertionError(stuck);
        }
    }

    public FakeOperations operations() {
        return operations;
    }

    public Path runtime() {
        return runtime;
    }

    public Path socket() {
        return runtime.resolve("control.sock");
    }

    @Override
    public void close() {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        loop.execute(() -> {
            server.close();
            closed.complete(null);
        });
        closed.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        loop.close();
    }
}
