package dev.activator.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A small file whose bytes clients are sent; read again when somebody is to get it and the last look is a second old. */
final class AnswerFile {
    private static final long FRESH_NANOS = 1_000_000_000L;

    private final Path path;
    private final int most;
    private byte @Nullable [] bytes;
    private String trouble = "";
    private long readAt;
    private boolean wasRead;

    /** @param most bytes that it may have */
    AnswerFile(String path, int most) {
        this.path = Path.of(path);
        this.most = most;
    }

    /** The bytes; null where it cannot be read, see {@link #trouble}. Does not block but for the file system. */
    byte @Nullable [] bytes(long now) {
        if (!wasRead || now - readAt > FRESH_NANOS) {
            read();
            readAt = now;
            wasRead = true;
        }
        return bytes;
    }

    private void read() {
        bytes = null;
        if (!Files.isRegularFile(path)) {
            trouble = Files.exists(path) ? "it is no ordinary file" : "there is no such file";
            return;
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] all = in.readNBytes(most + 1);
            if (all.length > most) {
                trouble = "it has more than " + most + " bytes";
            } else {
                bytes = all;
            }
        } catch (IOException e) {
            trouble = e.toString();
        }
    }

    /** Why the last look gave no bytes. */
    String trouble() {
        return "cannot read " + path + ": " + trouble;
    }
}
