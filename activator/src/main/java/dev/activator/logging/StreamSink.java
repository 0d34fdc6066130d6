package dev.activator.logging;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/** Lines with their time, on standard error or at the end of a file. */
final class StreamSink implements LogSink {
    private final LineClock clock = new LineClock();
    private final @Nullable Path path;
    private @Nullable FileChannel file;

    /** @param path null for standard error */
    StreamSink(@Nullable Path path) throws IOException {
        this.path = path;
        reopen();
    }

    @Override
    public void write(Level level, String text) throws IOException {
        byte[] line = (clock.now() + LineFormat.rest(level, text)).getBytes(StandardCharsets.UTF_8);
        FileChannel into = file;
        if (into == null) {
            StandardErrorLines.ours().write(line);
            return;
        }
        ByteBuffer bytes = ByteBuffer.wrap(line);
        while (bytes.hasRemaining()) {
            into.write(bytes);
        }
    }

    @Override
    public void reopen() throws IOException {
        if (path == null) {
            return;
        }
        FileChannel before = file;
        file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        if (before != null) {
            before.close();
        }
    }
}
