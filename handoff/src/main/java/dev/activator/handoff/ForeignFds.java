package dev.activator.handoff;

import dev.activator.listener.OwnedFd;
import dev.activator.listener.kernel.LibC;
import dev.activator.listener.kernel.NativeMemory;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Closes descriptors that came from other processes, without waiting. Whoever made the open file says how long its close(2) takes: a TCP socket
 * with SO_LINGER waits for its peer, a file of FUSE for its file system, and a Unix socket for whatever is still on its way in it. So the loop
 * closes none of them; threads do, which exist only while there is something to close. From any thread.
 */
public final class ForeignFds {
    /** Closes that may wait at a time; what comes beyond waits for those. */
    private static final int MOST_THREADS = 8;

    private static final int THREAD_LINGERS_SECONDS = 2;
    private static final int STACK_SIZE = 256 * 1024;
    private static final int SOL_SOCKET = 1;
    private static final int SO_LINGER = 13;
    private static final int SIZE_OF_LINGER = 8;

    private static final ThreadPoolExecutor CLOSERS = new ThreadPoolExecutor(
            MOST_THREADS,
            MOST_THREADS,
            THREAD_LINGERS_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            ForeignFds::thread);

    static {
        CLOSERS.allowCoreThreadTimeOut(true);
    }

    private ForeignFds() {}

    private static Thread thread(Runnable closes) {
        Thread made = new Thread(null, closes, "closing", STACK_SIZE);
        made.setDaemon(true);
        return made;
    }

    /** Closes one that was wanted and is no more; does nothing where it is closed or moved already. */
    public static void letGo(OwnedFd fd) {
        if (fd.isOpen()) {
            OwnedFd going = fd.move();
            submit(going::close);
        }
    }

    /** Closes one that nobody wants. A socket does not linger from now on: who sends it may as well set that. */
    public static void refuse(OwnedFd fd) {
        if (fd.isOpen()) {
            OwnedFd going = fd.move();
            submit(() -> {
                LibC.setsockopt(
                        going.number(), SOL_SOCKET, SO_LINGER, NativeMemory.allocate(SIZE_OF_LINGER), SIZE_OF_LINGER);
                going.close();
            });
        }
    }

    private static void submit(Runnable close) {
        try {
            CLOSERS.execute(close);
        } catch (OutOfMemoryError noThread) {
            // It stays open until the next one gets a thread, which then closes this one, too.
            CLOSERS.getQueue().add(close);
        }
    }
}
