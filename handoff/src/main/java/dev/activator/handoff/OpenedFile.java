package dev.activator.handoff;

import dev.activator.config.OpenFile;
import dev.activator.config.StandardOutput;
import dev.activator.listener.Errno;
import dev.activator.listener.OwnedFd;
import dev.activator.listener.SystemCallException;
import dev.activator.listener.kernel.LibC;
import dev.activator.listener.kernel.NativeMemory;

/** Opens files for the standard streams of a process. systemd.exec(5) StandardOutput=file:. */
public final class OpenedFile {
    private static final long MEMFD_CREATE = 319;
    private static final long MEMFD_CREATE_ARM = 279;
    private static final int MFD_CLOEXEC = 1;
    private static final int O_WRONLY = 1;
    private static final int O_RDWR = 2;
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

    /**
     * Opens what OpenFile= names.
     *
     * @throws SystemCallException where it cannot be opened
     */
    public static OwnedFd of(OpenFile file) {
        return open(
                file.path(),
                O_NONBLOCK
                        | switch (file.access()) {
                            case READ_WRITE -> O_RDWR;
                            case READ_ONLY -> 0;
                            case APPEND -> O_RDWR | O_APPEND;
                            case TRUNCATE -> O_RDWR | O_TRUNC;
                        });
    }

    /**
     * A file in memory, open for reading from its beginning.
     *
     * @throws SystemCallException where there is no memory for it
     */
    public static OwnedFd holding(byte[] content) {
        boolean isArm = "aarch64".equals(System.getProperty("os.arch"));
        NativeMemory name = NativeMemory.ofString("input");
        int fd = (int) LibC.syscall(isArm ? MEMFD_CREATE_ARM : MEMFD_CREATE, name.address(), MFD_CLOEXEC, 0, 0, 0, 0);
        if (fd < 0) {
            throw new SystemCallException("memfd_create", new Errno(LibC.errno()), "standard input");
        }
        try (OwnedFd written = OwnedFd.adopt(fd, "content of standard input")) {
            NativeMemory bytes =
                    NativeMemory.allocate(Math.max(1, content.length)).putBytes(0, content);
            long count = content.length == 0 ? 0 : LibC.write(written.lend().number(), bytes, content.length);
            if (count < content.length) {
                throw new SystemCallException("write", new Errno(LibC.errno()), "standard input");
            }
            // Opened anew it has a position of its own, and nobody can write to it.
            return open("/proc/self/fd/" + written.lend().number(), 0);
        }
    }

    private static OwnedFd open(String path, int flags) {
        int fd = LibC.open(NativeMemory.ofString(path), flags | O_CLOEXEC | O_NOCTTY, MODE);
        if (fd < 0) {
            throw new SystemCallException("open", new Errno(LibC.errno()), "file '" + path + "'");
        }
        return OwnedFd.adopt(fd, "standard stream " + path);
    }
}
