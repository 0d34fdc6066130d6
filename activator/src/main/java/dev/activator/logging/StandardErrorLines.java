package dev.activator.logging;

import dev.activator.listener.kernel.LibC;
import dev.activator.listener.kernel.NativeMemory;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Lines on standard error, which may be a pipe or a socket that nobody reads: what it does not take at once is dropped and counted, and the
 * count comes before the first line that it takes again. A file or a terminal gets all, however long that lasts. For one thread at a time.
 */
final class StandardErrorLines {
    /** Bytes that a pipe takes without waiting if it takes any. PIPE_BUF, pipe(7). */
    private static final int PIECE = 4096;

    private static final int STDERR = 2;
    private static final short POLLOUT = 4;
    private static final StandardErrorLines OURS = new StandardErrorLines(STDERR, System.err);

    private final int fd;
    private final OutputStream out;
    private @Nullable NativeMemory poll;
    private long dropped;
    /** The end of the line that was written last is missing. */
    private boolean isCut;

    /** @param out writes to that descriptor */
    StandardErrorLines(int fd, OutputStream out) {
        this.fd = fd;
        this.out = out;
    }

    /** Those of this process. */
    static StandardErrorLines ours() {
        return OURS;
    }

    /** Writes one event, a line or several with their ends, or drops it. */
    void write(byte[] event) throws IOException {
        if (!takesMore()) {
            dropped++;
            return;
        }
        if (dropped > 0) {
            out.write(notice());
            dropped = 0;
            isCut = false;
        }
        for (int from = 0; from < event.length; from += PIECE) {
            if (!takesMore()) {
                isCut = from > 0;
                dropped++;
                break;
            }
            out.write(event, from, Math.min(PIECE, event.length - from));
        }
        out.flush();
    }

    private byte[] notice() {
        String text = dropped == 1 ? "1 line of the log was" : dropped + " lines of the log were";
        return ((isCut ? "\n" : "") + text + " dropped, since nobody read standard error\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private boolean takesMore() {
        NativeMemory entry = poll;
        if (entry == null) {
            entry = NativeMemory.allocate(Long.BYTES).putInt(0, fd).putShort(Integer.BYTES, POLLOUT);
            poll = entry;
        }
        return LibC.poll(entry, 1, 0) != 0 || isDevice();
    }

    /** Such as a terminal; for when it takes nothing just now. */
    private boolean isDevice() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd", Integer.toString(fd)))
                    .startsWith("/dev");
        } catch (IOException unknown) {
            return false;
        }
    }
}
