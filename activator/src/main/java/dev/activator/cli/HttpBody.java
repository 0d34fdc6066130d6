package dev.activator.cli;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** The body of an HTTP/1.1 response: chunked, of a known length, or up to the end of the connection. RFC 9112 section 6. */
final class HttpBody extends InputStream {
    private static final int HEX = 16;
    private static final long TO_THE_END = Long.MAX_VALUE;

    private final InputStream in;
    private final boolean isChunked;
    private long left;
    private boolean ended;

    private HttpBody(InputStream in, boolean isChunked, long left) {
        this.in = in;
        this.isChunked = isChunked;
        this.left = left;
    }

    static HttpBody chunked(InputStream in) {
        return new HttpBody(in, true, 0);
    }

    static HttpBody ofLength(InputStream in, long length) {
        return new HttpBody(in, false, length);
    }

    static HttpBody toTheEnd(InputStream in) {
        return new HttpBody(in, false, TO_THE_END);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (left == 0 && isChunked && !ended) {
            nextChunk();
        }
        if (left == 0 || ended) {
            return -1;
        }
        int count = in.read(into, offset, (int) Math.min(length, left));
        if (count < 0 && left != TO_THE_END) {
            throw new EOFException("the super-server hung up in the middle of its answer");
        }
        ended = count < 0;
        left -= left == TO_THE_END ? 0 : Math.max(0, count);
        if (left == 0 && isChunked) {
            readLine(in);
        }
        return count;
    }

    private void nextChunk() throws IOException {
        String size = readLine(in).split(";", 2)[0].strip();
        try {
            left = Long.parseLong(size, HEX);
        } catch (NumberFormatException garbage) {
            throw new IOException("the answer is not HTTP: chunk size '" + size + "'", garbage);
        }
        ended = left == 0;
    }

    /** A line without its CR LF. */
    static String readLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the super-server hung up in the middle of its answer");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
