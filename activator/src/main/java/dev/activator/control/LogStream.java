package dev.activator.control;

import dev.activator.handoff.LogReader;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Sends a log as a chunked response. The next chunk is read when the client has taken the last one, so a slow reader costs one chunk of
 * memory; for a follower it looks for new text every {@link #LOOK_MILLIS} ms and goes on in the new file after a rotation.
 */
final class LogStream {
    private static final int CHUNK = 16 * 1024;
    private static final int LOOK_MILLIS = 200;

    private LogStream() {}

    /**
     * Sends all of it; with follow, until the client leaves.
     *
     * @return whether the connection can go on
     */
    static boolean send(ControlConnection connection, HttpWriter writer, ApiReply.Log reply, boolean keepAlive)
            throws IOException {
        try (LogReader log = LogReader.open(reply.file(), reply.lines())) {
            writer.beginChunks("text/plain; charset=utf-8", keepAlive);
            ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
            while (true) {
                log.read(chunk.clear(), reply.follow());
                if (chunk.flip().hasRemaining()) {
                    writer.chunk(chunk);
                } else if (!reply.follow()) {
                    writer.endChunks();
                    return true;
                } else if (connection.isLeftWithin(LOOK_MILLIS)) {
                    return false;
                }
            }
        }
    }
}
