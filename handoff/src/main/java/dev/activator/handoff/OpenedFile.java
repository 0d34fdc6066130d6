package dev.activator.handoff;

import dev.activator.config.StandardOutput;
import dev.activator.listener.Errno;
import dev.activator.listener.OwnedFd;
import dev.activator.listener.SystemCallException;
import dev.activator.listener.kernel.LibC;
import dev.activator.listener.kernel.NativeMemory;

/** Opens files for the standard streams of a process. systemd.exec(5) StandardOutput=file:. */
public final class OpenedFile {
    private static final int O_WRONLY = 1;
    private static final int O_CREAT = 0100;
    private static final int O_NOCTTY = 0400;
    private static final int O_TRUNC = 01000;
    private static final int O_APPEND = 02000;
    private static final int O_NONBLOCK = 04000;
    private static final int O_CLOEXEC = 02000000;
    private static final int MODE = 0644;

    private OpenedFile() {}

    /**
     * Opens what is there.
     *
     * @throws SystemCallException where it cannot be opened
     */
    public static OwnedFd forReading(String path) {
        // Without O_NONBLOCK a FIFO that nobody writes to would hold up the loop; the launch makes it blocking again.
        return open(path, O_NONBLOCK);
    }

    /**
     * Makes the file where there is none.
     *
     * @throws SystemCallException where it cannot be opened
     */
    public static OwnedFd forWriting(String path, StandardOutput.Mode mode) {
        return open(
                path,
                O_WRONLY
                        | O_CREAT
                        | switch (mode) {
                            case OVERWRITE -> 0;
                            case APPEND -> O_APPEND;
                            case TRUNCATE -> O_TRUNC;
                        });
    }

    private static OwnedFd open(String path, int flags) {
        int fd = LibC.open(NativeMemory.ofString(path), flags | O_CLOEXEC | O_NOCTTY, MODE);
        if (fd < 0) {
            throw new SystemCallException("open", new Errno(LibC.errno()), "file '" + path + "'");
        }
        return OwnedFd.adopt(fd, "standard stream " + path);
    }
}
