package dev.activator.control;

import dev.activator.listener.BorrowedFd;
import dev.activator.listener.Errno;
import dev.activator.listener.Kernel;
import dev.activator.listener.OwnedFd;
import dev.activator.listener.SystemCallException;
import org.jspecify.annotations.Nullable;

/** A listening socket that clients of the control API come in by. For the loop's thread. */
interface ControlDoor extends AutoCloseable {
    BorrowedFd fd();

    /**
     * Takes the next connection. Null if none waits.
     *
     * @throws SystemCallException if the kernel is short of something (EMFILE, ENOMEM); the connection goes on waiting
     */
    @Nullable
    OwnedFd accept();

    /** What whoever comes in by it may ask. */
    Answering answering(Operations operations);

    @Override
    void close();

    /** As {@link #accept} for a door of any sort. */
    static @Nullable OwnedFd accept(Kernel kernel, OwnedFd listening, String purpose) {
        int connection = kernel.accept(listening.lend());
        if (connection >= 0) {
            return OwnedFd.adopt(connection, purpose);
        }
        Errno errno = new Errno(-connection);
        if (errno.equals(Errno.EAGAIN) || errno.equals(Errno.ECONNABORTED) || errno.equals(Errno.EINTR)) {
            return null;
        }
        throw new SystemCallException("accept4", errno, listening.purpose());
    }
}
