package dev.activator.control;

import dev.activator.listener.Kernel;
import dev.activator.listener.LinuxKernel;
import dev.activator.listener.Loop;
import dev.activator.listener.OwnedFd;
import dev.activator.listener.SystemCallException;
import dev.activator.listener.Timer;
import dev.activator.listener.Watch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control API's server. Until somebody connects it is one watched socket; HTTP is loaded with the first connection, and each
 * has a thread only while it lasts. All methods belong to the loop's thread.
 */
public final class ControlServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Loop loop;
    private final Kernel kernel = new LinuxKernel();
    private final Operations operations;
    private final Opening opening;
    private @Nullable ControlDoor socket;
    private @Nullable ControlConnections connections;
    private @Nullable Watch watch;
    private @Nullable Timer pause;

    /** Makes the socket that it listens on. */
    private interface Opening {
        ControlDoor open(Kernel kernel) throws IOException;
    }

    private ControlServer(Loop loop, Operations operations, Opening opening) {
        this.loop = loop;
        this.operations = operations;
        this.opening = opening;
    }

    /** @param socket where to listen, {@code control.sock} in the runtime directory; at most 107 bytes long, as unix(7) has it */
    public ControlServer(Loop loop, Operations operations, Path socket) {
        this(loop, operations, kernel -> ControlSocket.open(kernel, socket));
    }

    /**
     * The same on a loopback port, for browsers and collectors of metrics, with a page to look at.
     *
     * @param runtime where to put the page's address with its token
     */
    public static ControlServer ofPage(Loop loop, Operations operations, PageAddress address, Path runtime) {
        return new ControlServer(loop, operations, kernel -> PageSocket.open(kernel, address, runtime));
    }

    /** Whether another super-server listens at that path, or is about to. */
    public static boolean isAnothers(Path socket) {
        return ControlSocket.isAnothers(socket);
    }

    /**
     * Begins to listen.
     *
     * @throws ControlSocketTaken if another super-server uses the socket; its message says what to do
     * @throws IOException if the directory or the socket cannot be made, or the port is taken
     */
    public void open() throws IOException {
        socket = opening.open(kernel);
        resume();
    }

    /** Drops all clients and removes the socket's node. Does nothing if it is not open. */
    @Override
    public void close() {
        unwatch();
        if (connections != null) {
            connections.close();
            connections = null;
        }
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }

    private void resume() {
        ControlDoor listening = socket;
        if (listening != null && watch == null) {
            watch = loop.watch(listening.fd(), readiness -> acceptAll(listening));
        }
    }

    private void acceptAll(ControlDoor listening) {
        ControlConnections serving = serving(listening);
        try {
            while (!serving.isFull()) {
                OwnedFd connection = listening.accept();
                if (connection == null) {
                    return;
                }
                serving.serve(connection);
            }
            unwatch();
        } catch (SystemCallException shortage) {
            LOG.warn(
                    "control: cannot accept a connection: {}, trying again in {} ms",
                    shortage.getMessage(),
                    PAUSE.toMillis());
            unwatch();
            pause = loop.after(PAUSE, "control socket paused", this::resume);
        }
    }

    private ControlConnections serving(ControlDoor listening) {
        if (connections == null) {
            connections = new ControlConnections(loop, kernel, listening.answering(operations), this::resume);
        }
        return connections;
    }

    private void unwatch() {
        if (watch != null) {
            watch.cancel();
            watch = null;
        }
        if (pause != null) {
            pause.cancel();
            pause = null;
        }
    }
}
