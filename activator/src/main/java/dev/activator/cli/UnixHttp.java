package dev.activator.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** As much of HTTP/1.1 over a Unix socket as the control API's client needs: one exchange per connection. */
final class UnixHttp {
    private static final int STATUS_FIELDS = 3;

    private final Path socket;

    UnixHttp(Path socket) {
        this.socket = socket;
    }

    /** A response whose body is still to be read; closing it ends the connection. */
    record Response(int status, InputStream body) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            body.close();
        }
    }

    /**
     * Sends a request and reads the response up to its body.
     *
     * @param target path and query, encoded
     * @param body empty for none
     * @param patience longest silence of the server; zero means any
     * @throws java.net.SocketException if nobody listens on the socket
     */
    Response exchange(String method, String target, String body, Duration patience) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            byte[] content = body.getBytes(StandardCharsets.UTF_8);
            String head =
                    method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
                            + content.length + "\r\n\r\n";
            write(channel, head.getBytes(StandardCharsets.US_ASCII));
            write(channel, content);
            channel.configureBlocking(false);
            return readClosing(new TimedInput(channel, patience));
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    private static void write(SocketChannel channel, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /** Reads the response's head; the stream is the response's from then on, and closed if there is none. */
    private static Response readClosing(InputStream in) throws IOException {
        try {
            return read(in);
        } catch (IOException | RuntimeException noResponse) {
            in.close();
            throw noResponse;
        }
    }

    private static Response read(InputStream in) throws IOException {
        String statusLine = HttpBody.readLine(in);
        String[] fields = statusLine.split(" ", STATUS_FIELDS);
        if (fields.length < 2 || !fields[0].startsWith("HTTP/1.")) {
            throw new IOException("the answer is not HTTP: '" + statusLine + "'");
        }
        Map<String, String> headers = new HashMap<>();
        for (String line = HttpBody.readLine(in); !line.isEmpty(); line = HttpBody.readLine(in)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return new Response(Integer.parseInt(fields[1]), body(in, headers));
    }

    private static HttpBody body(InputStream in, Map<String, String> headers) {
        String length = headers.get("content-length");
        if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            return HttpBody.chunked(in);
        }
        return length == null ? HttpBody.toTheEnd(in) : HttpBody.ofLength(in, Long.parseLong(length));
    }
}
