package dev.activator.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes the responses of one connection. RFC 9112. */
final class HttpWriter {
    private static final ByteBuffer LINE_END = ascii("\r\n");
    private static final ByteBuffer LAST_CHUNK = ascii("0\r\n\r\n");

    /** Nothing is kept, guessed, or shown within another page. */
    private static final String FOR_BROWSERS = "\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff"
            + "\r\nX-Frame-Options: DENY\r\nReferrer-Policy: no-referrer";

    private final ControlConnection connection;

    HttpWriter(ControlConnection connection) {
        this.connection = connection;
    }

    /** @param withBody not for the answer to HEAD */
    void whole(ApiReply.Whole whole, boolean keepAlive, boolean withBody) throws IOException {
        String length = "Content-Length: " + whole.body().remaining();
        connection.send(ascii(head(whole.status(), whole.contentType(), length, keepAlive)));
        if (withBody) {
            connection.send(whole.body().duplicate());
        }
    }

    /** Begins a body of which nobody knows yet how long it will be. */
    void beginChunks(String contentType, boolean keepAlive) throws IOException {
        connection.send(ascii(head(Replies.OK, contentType, "Transfer-Encoding: chunked", keepAlive)));
    }

    void chunk(ByteBuffer bytes) throws IOException {
        connection.send(ascii(Integer.toHexString(bytes.remaining()) + "\r\n"));
        connection.send(bytes);
        connection.send(LINE_END.duplicate());
    }

    void endChunks() throws IOException {
        connection.send(LAST_CHUNK.duplicate());
    }

    private static String head(int status, String contentType, String size, boolean keepAlive) {
        return "HTTP/1.1 " + status + " " + Replies.phrase(status) + "\r\nContent-Type: " + contentType + "\r\n" + size
                + FOR_BROWSERS + (keepAlive ? "" : "\r\nConnection: close") + "\r\n\r\n";
    }

    private static ByteBuffer ascii(String text) {
        return StandardCharsets.US_ASCII.encode(text).asReadOnlyBuffer();
    }
}
