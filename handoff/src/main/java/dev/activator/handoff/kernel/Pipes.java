package dev.activator.handoff.kernel;

import dev.activator.listener.kernel.LibC;
import dev.activator.listener.kernel.NativeMemory;

/** Pipes whose read end never blocks and whose write end does, as a process expects of its output. pipe(7). */
public final class Pipes {
    private static final int O_CLOEXEC = 02000000;
    private static final int O_NONBLOCK = 04000;
    private static final int F_SETFL = 4;

    private final NativeMemory buffer;

    /**
     * A buffer to read pipes with.
     *
     * @param readSize bytes that one read takes at most
     */
    public Pipes(int readSize) {
        buffer = NativeMemory.allocate(readSize);
    }

    /** Read end and write end, both close-on-exec; empty where it failed, for the reason in {@link #errno}. */
    public static int[] open() {
        NativeMemory ends = NativeMemory.allocate(8);
        if (LibC.pipe2(ends, O_CLOEXEC) == -1) {
            return new int[0];
        }
        int readEnd = ends.getInt(0);
        LibC.fcntl(readEnd, F_SETFL, O_NONBLOCK);
        return new int[] {readEnd, ends.getInt(4)};
    }

    public static int errno() {
        return LibC.errno();
    }

    /** What is there, up to the size of one read; empty where nothing is. */
    public byte[] read(int fd) {
        long length = LibC.read(fd, buffer, buffer.size());
        return length <= 0 ? new byte[0] : buffer.getBytes(0, (int) length);
    }
}
