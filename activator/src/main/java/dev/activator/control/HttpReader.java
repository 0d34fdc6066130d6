package dev.activator.control;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Reads the requests of one connection, one after the other, every size and the whole time bounded. As much of HTTP/1.1 as clients of an API
 * use: no chunked request bodies, no trailers. RFC 9112.
 */
final class HttpReader {
    /** Largest request body in bytes; the longest sensible one names a few thousand units. */
    static final int MAX_BODY = 256 * 1024;

    private static final int MAX_REQUEST_LINE = 4096;
    private static final int MAX_HEAD = 12 * 1024;
    private static final ByteBuffer CONTINUE =
            StandardCharsets.US_ASCII.encode("HTTP/1.1 100 Continue\r\n\r\n").asReadOnlyBuffer();

    private final ControlConnection connection;
    private byte[] buffer = new byte[1024];
    private int filled;
    private long deadline;

    HttpReader(ControlConnection connection) {
        this.connection = connection;
    }

    /**
     * Waits for the next request.
     *
     * @return empty if the client is done
     * @throws HttpRefusal if it is none
     * @throws IOException if the client is too slow or was cut off
     */
    Optional<HttpRequest> next() throws IOException {
        deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(ControlConnection.PATIENCE_SECONDS);
        int end = headEnd();
        if (end < 0) {
            return Optional.empty();
        }
        String[] lines = new String(buffer, 0, end, StandardCharsets.ISO_8859_1)
                .stripTrailing()
                .split("\r?\n", -1);
        discard(end);
        String[] words = lines[0].split(" ", -1);
        if (words.length != 3 || !words[1].startsWith("/") || !words[2].matches("HTTP/1\\.[01]")) {
            throw new HttpRefusal(Replies.BAD_REQUEST, "this is not an HTTP/1.1 request");
        }
        Map<String, String> headers = headers(lines);
        String wish = headers.getOrDefault("connection", words[2].endsWith("0") ? "close" : "");
        boolean keepAlive = !wish.toLowerCase(Locale.ROOT).contains("close");
        return Optional.of(new HttpRequest(words[0], words[1], keepAlive, body(headers), headers));
    }

    /**
     * Reads until an empty line.
     *
     * @return the number of bytes up to and with it; -1 if the client left before its first byte
     */
    private int headEnd() throws IOException {
        for (int at = 0; at < MAX_HEAD; at++) {
            if (at == filled && !fill()) {
                if (filled == 0) {
                    return -1;
                }
                throw new EOFException("in the middle of a request");
            }
            if (isEmptyLineEnd(at)) {
                return at + 1;
            }
            if (at == MAX_REQUEST_LINE && !hasLineFeed(at)) {
                throw new HttpRefusal(Replies.BAD_REQUEST, "the request line is over " + MAX_REQUEST_LINE + " bytes");
            }
        }
        throw new HttpRefusal(Replies.BAD_REQUEST, "the headers are over " + MAX_HEAD + " bytes");
    }

    private boolean isEmptyLineEnd(int at) {
        boolean afterCarriageReturn = at > 1 && buffer[at - 1] == '\r' && buffer[at - 2] == '\n';
        return buffer[at] == '\n' && at > 0 && (buffer[at - 1] == '\n' || afterCarriageReturn);
    }

    private boolean hasLineFeed(int before) {
        for (int i = 0; i < before; i++) {
            if (buffer[i] == '\n') {
                return true;
            }
        }
        return false;
    }

    private static Map<String, String> headers(String... lines) throws HttpRefusal {
        Map<String, String> headers = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon <= 0) {
                throw new HttpRefusal(Replies.BAD_REQUEST, "header " + i + " has no name");
            }
            String name = lines[i].substring(0, colon).toLowerCase(Locale.ROOT);
            if (headers.put(name, lines[i].substring(colon + 1).strip()) != null && name.equals("content-length")) {
                throw new HttpRefusal(Replies.BAD_REQUEST, "there are two Content-Length headers");
            }
        }
        return headers;
    }

    private String body(Map<String, String> headers) throws IOException {
        if (headers.containsKey("transfer-encoding")) {
            throw new HttpRefusal(Replies.LENGTH_REQUIRED, "send the body with a Content-Length");
        }
        String text = headers.getOrDefault("content-length", "0");
        if (!text.matches("\\d{1,18}")) {
            throw new HttpRefusal(Replies.BAD_REQUEST, "Content-Length '" + text + "' is no number");
        }
        long length = Long.parseLong(text);
        if (length > MAX_BODY) {
            throw new HttpRefusal(Replies.TOO_LARGE, "the body is over " + MAX_BODY + " bytes");
        }
        if (length > filled && headers.getOrDefault("expect", "").equalsIgnoreCase("100-continue")) {
            connection.send(CONTINUE.duplicate());
        }
        while (filled < length) {
            if (!fill()) {
                throw new EOFException("in the middle of a body");
            }
        }
        String body = new String(buffer, 0, (int) length, StandardCharsets.UTF_8);
        discard((int) length);
        return body;
    }

    private boolean fill() throws IOException {
        if (System.nanoTime() > deadline) {
            throw new SocketTimeoutException(
                    "the request is not complete after " + ControlConnection.PATIENCE_SECONDS + " s");
        }
        if (filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int count = connection.receive(buffer, filled, buffer.length - filled);
        filled += count;
        return count > 0;
    }

    private void discard(int count) {
        System.arraycopy(buffer, count, buffer, 0, filled - count);
        filled -= count;
    }
}
