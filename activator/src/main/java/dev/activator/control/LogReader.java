package dev.activator.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads a log file from its last lines on, through rotation by renaming and through truncation. Whoever opens it closes it. */
final class LogReader implements AutoCloseable {
    private static final int BLOCK = 16 * 1024;

    private final Path path;
    private FileChannel file;
    private @Nullable Object identity;

    private LogReader(Path path) throws IOException {
        this.path = path;
        this.file = FileChannel.open(path, StandardOpenOption.READ);
        this.identity = identityOf(path);
    }

    /** Opens what has the name now; again if a rotation came in between, since its file would never be left. */
    private void reopen() throws IOException {
        Object before;
        do {
            file.close();
            before = identityOf(path);
            file = FileChannel.open(path, StandardOpenOption.READ);
            identity = identityOf(path);
        } while (!Objects.equals(before, identity));
    }

    /** Opens the file where its last {@code lines} lines begin. */
    static LogReader open(Path path, int lines) throws IOException {
        LogReader reader = new LogReader(path);
        try {
            reader.reopen();
            reader.file.position(startOfLastLines(reader.file, lines));
            return reader;
        } catch (IOException unreadable) {
            reader.close();
            throw unreadable;
        }
    }

    /**
     * Appends what there is to the buffer; nothing if there is no more at present.
     *
     * @param follow whether to go on in the file that has taken the name since
     */
    void read(ByteBuffer into, boolean follow) throws IOException {
        if (file.read(into) > 0 || !follow) {
            return;
        }
        Object now = identityOf(path);
        if (now != null && !Objects.equals(now, identity)) {
            reopen();
        } else if (file.size() < file.position()) {
            file.position(0);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException alreadyGone) {
            // Closing a file that was only read loses nothing.
        }
    }

    private static @Nullable Object identityOf(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException betweenTwoFiles) {
            return null;
        }
    }

    private static long startOfLastLines(FileChannel file, int lines) throws IOException {
        long end = file.size();
        if (lines == 0) {
            return end;
        }
        int wanted = lines;
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        for (long to = end; to > 0; to -= BLOCK) {
            long from = Math.max(0, to - BLOCK);
            block.clear().limit((int) (to - from));
            readFully(file, block, from);
            for (int i = (int) (to - from) - 1; i >= 0; i--) {
                boolean lastByte = from + i == end - 1;
                if (block.get(i) == '\n' && !lastByte && --wanted == 0) {
                    return from + i + 1;
                }
            }
        }
        return 0;
    }

    private static void readFully(FileChannel file, ByteBuffer block, long from) throws IOException {
        while (block.hasRemaining() && file.read(block, from + block.position()) > 0) {
            // The condition reads.
        }
    }
}
