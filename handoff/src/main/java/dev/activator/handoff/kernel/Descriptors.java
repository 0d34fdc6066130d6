package dev.activator.handoff.kernel;

import dev.activator.listener.kernel.LibC;
import dev.activator.listener.kernel.NativeFunction;
import dev.activator.listener.kernel.NativeMemory;

/** Making descriptors, all of them close-on-exec. A failure is the negated errno. For the loop's thread. dup(2), open(2). */
public final class Descriptors {
    private static final NativeFunction DUP3 = NativeFunction.find("dup3");
    private static final NativeFunction PREAD = NativeFunction.find("pread");
    private static final NativeFunction EVENTFD = NativeFunction.find("eventfd");
    private static final int O_NONBLOCK = 04000;
    private static final NativeMemory SCRATCH = NativeMemory.allocate(256);
    private static final int O_WRONLY = 1;
    private static final int O_RDWR = 2;
    private static final int O_CLOEXEC = 02000000;
    /** The same on x86-64 and on aarch64, unlike O_DIRECTORY. */
    private static final int O_PATH = 010000000;

    private static final int F_DUPFD_CLOEXEC = 1030;

    private Descriptors() {}

    public static int openDevNull() {
        return orErrno(LibC.open(NativeMemory.ofString("/dev/null"), O_RDWR | O_CLOEXEC, 0));
    }

    /** A handle of whatever lies there, which gives no access to it. */
    public static int openPath(String path) {
        return orErrno(LibC.open(NativeMemory.ofString(path), O_PATH | O_CLOEXEC, 0));
    }

    public static int openRead(String path) {
        return orErrno(LibC.open(NativeMemory.ofString(path), O_CLOEXEC, 0));
    }

    public static int openWrite(String path) {
        return orErrno(LibC.open(NativeMemory.ofString(path), O_WRONLY | O_CLOEXEC, 0));
    }

    /** Writes one byte: 1, or the negated errno. */
    public static int writeByte(int fd, char what) {
        SCRATCH.putBytes(0, new byte[] {(byte) what});
        return orErrno((int) LibC.write(fd, SCRATCH, 1));
    }

    /** What a small file of the kernel's says now, up to 256 bytes; empty where it says nothing or cannot be read any more. */
    public static byte[] readStart(int fd) {
        int length = (int) PREAD.call(fd, SCRATCH.address(), SCRATCH.size(), 0);
        return length <= 0 ? new byte[0] : SCRATCH.getBytes(0, length);
    }

    public static int makeDirectory(String path, int mode) {
        return orErrno(LibC.mkdir(NativeMemory.ofString(path), mode));
    }

    /** A counter that is readable while it is not zero. eventfd(2). */
    public static int openCounter() {
        return orErrno((int) EVENTFD.call(0, O_CLOEXEC | O_NONBLOCK));
    }

    /** Sets a counter back to zero. */
    public static void resetCounter(int fd) {
        LibC.read(fd, SCRATCH, Long.BYTES);
    }

    /** A copy under the lowest number that is free. */
    public static int duplicate(int fd) {
        return orErrno(LibC.fcntl(fd, F_DUPFD_CLOEXEC, 0));
    }

    /**
     * The lowest number that is free.
     *
     * @param open any that is not
     */
    public static int lowestFree(int open) {
        int copy = duplicate(open);
        if (copy >= 0) {
            LibC.close(copy);
        }
        return copy;
    }

    /** Makes the second number a copy of the first, whatever it was before. */
    public static int duplicate(int fd, int onto) {
        return orErrno((int) DUP3.call(fd, onto, O_CLOEXEC));
    }

    private static int orErrno(int result) {
        return result == -1 ? -LibC.errno() : result;
    }
}
