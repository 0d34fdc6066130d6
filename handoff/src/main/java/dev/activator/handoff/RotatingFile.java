package dev.activator.handoff;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A log file and its predecessors {@code NAME.1} (the youngest), {@code NAME.2}, …. Nothing is kept open between two calls, so that
 * an admin may remove or move any of them at any time. Blocks: not for the loop.
 */
record RotatingFile(Path current, LogLimits limits) {
    private static final Set<StandardOpenOption> OPTIONS =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    /** What a service prints may be nobody else's business. */
    private static final FileAttribute<?> MODE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"));

    /**
     * Appends whole lines.
     *
     * @return how many lines were stored before the failure that ended it, and that failure
     */
    Outcome append(byte[] lines) {
        int stored = 0;
        int from = 0;
        try {
            Files.createDirectories(current.getParent());
            while (from < lines.length) {
                int to = endOfFitting(lines, from, room(endOfLine(lines, from) - from));
                write(ByteBuffer.wrap(lines, from, to - from));
                stored += count(lines, from, to);
                from = to;
            }
            return new Outcome(stored, null);
        } catch (IOException failure) {
            return new Outcome(stored, failure);
        }
    }

    /** Bytes that the current file still takes; makes a new one where it does not take as many as are needed. */
    private long room(int needed) throws IOException {
        long size = Files.exists(current) ? Files.size(current) : 0;
        if (size == 0 || size + needed <= limits.maxSize()) {
            return limits.maxSize() - size;
        }
        rotate();
        return limits.maxSize();
    }

    private void rotate() throws IOException {
        for (int number = limits.files() - 1; number >= 1; number--) {
            Path from = number == 1 ? current : predecessor(current, number - 1);
            if (Files.exists(from)) {
                Files.move(from, predecessor(current, number), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        // With a single file there is no predecessor to become.
        Files.deleteIfExists(current);
    }

    private void write(ByteBuffer bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(current, OPTIONS, MODE)) {
            long before = channel.size();
            try {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            } catch (IOException failure) {
                truncate(before);
                throw failure;
            }
        }
    }

    /** Takes back the part of a line that was stored before the disk was full. */
    private void truncate(long size) {
        try (FileChannel channel = FileChannel.open(current, StandardOpenOption.WRITE)) {
            channel.truncate(size);
        } catch (IOException ignored) {
            // The failure that led here is the one worth telling.
        }
    }

    /** The end of as many lines as fit, but at least of one. */
    private static int endOfFitting(byte[] lines, int from, long room) {
        int end = from;
        for (int i = from; i < lines.length; i++) {
            if (lines[i] == '\n') {
                if (end > from && i + 1 - from > room) {
                    return end;
                }
                end = i + 1;
            }
        }
        return end;
    }

    private static int endOfLine(byte[] lines, int from) {
        int end = from;
        while (lines[end] != '\n') {
            end++;
        }
        return end + 1;
    }

    private static int count(byte[] lines, int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            count += lines[i] == '\n' ? 1 : 0;
        }
        return count;
    }

    /** {@code NAME.1} is the youngest. */
    static Path predecessor(Path current, int number) {
        return current.resolveSibling(current.getFileName() + "." + number);
    }

    /**
     * How an append went.
     *
     * @param failure null where all was stored
     */
    record Outcome(int storedLines, @Nullable IOException failure) {}
}
