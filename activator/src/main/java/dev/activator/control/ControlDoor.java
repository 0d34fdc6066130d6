package dev.activator.control;

import dev.activator.listener.BorrowedFd;
import dev.activator.listener.Errno;
import dev.activator.listener.Kernel;
import dev.activator.listener.OwnedFd;
import dev.activator.listener.SystemCallException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    /** The user that this process runs as. proc(5) */
    static int ownUid() throws IOException {
        return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    }

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
