package dev.activator.control;

import dev.activator.listener.Kernel;
import dev.activator.listener.Loop;
import dev.activator.listener.OwnedFd;
import dev.activator.listener.SystemCallException;
import dev.activator.listener.kernel.LibC;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The control connections that are open, each served by a thread of its own: most of the time nobody asks, then there is none. Belongs to the
 * loop's thread; so do the descriptors, which are closed there when their thread is done.
 */
final class ControlConnections {
    /** Beyond that many, clients wait in the socket's queue. */
    static final int MOST = 64;

    private static final int SHUT_RDWR = 2;
    private static final long STACK = 256 * 1024;
    private static final long PATIENCE_MILLIS = TimeUnit.SECONDS.toMillis(2);

    private final Loop loop;
    private final Kernel kernel;
    private final Answering routes;
    private final Runnable onRoom;
    private final Map<Thread, OwnedFd> open = new HashMap<>();

    /** @param onRoom called when there is room for a connection again after {@link #isFull} */
    ControlConnections(Loop loop, Kernel kernel, Answering routes, Runnable onRoom) {
        this.loop = loop;
        this.kernel = kernel;
        this.routes = routes;
        this.onRoom = onRoom;
    }

    boolean isFull() {
        return open.size() >= MOST;
    }

    /** Serves an accepted connection, which is closed on every path. */
    void serve(OwnedFd fd) {
        HttpExchange exchange;
        try {
            exchange = new HttpExchange(routes, new ControlConnection(kernel, fd.lend()));
        } catch (SystemCallException gone) {
            fd.close();
            return;
        }
        Thread thread = new Thread(null, () -> serveAndRelease(exchange), "control", STACK);
        thread.setDaemon(true);
        open.put(thread, fd);
        thread.start();
    }

    /** Hangs up on every client, and waits until their threads are done. */
    void close() {
        open.forEach((thread, fd) -> {
            thread.interrupt();
            LibC.shutdown(fd.number(), SHUT_RDWR);
        });
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        for (Map.Entry<Thread, OwnedFd> each : open.entrySet()) {
            if (hasEnded(each.getKey(), deadline)) {
                each.getValue().close();
            }
        }
        open.clear();
    }

    private void serveAndRelease(HttpExchange exchange) {
        Thread self = Thread.currentThread();
        try {
            exchange.run();
        } finally {
            loop.execute(() -> release(self));
        }
    }

    private void release(Thread thread) {
        boolean wasFull = isFull();
        OwnedFd fd = open.remove(thread);
        if (fd != null) {
            fd.close();
        }
        if (wasFull) {
            onRoom.run();
        }
    }

    /** A thread that does not end keeps its descriptor, since closing it would give the number to somebody else under its hands. */
    private static boolean hasEnded(Thread thread, long deadline) {
        try {
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }
}
