package dev.activator.control;

import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A client that may break every rule of HTTP. */
final class RawClient implements AutoCloseable {
    private final SocketChannel channel;
    private final InputStream in;

    RawClient(Path socket) throws IOException {
        channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
        in = Channels.newInputStream(channel);
    }

    static String ask(Path socket, String request) throws IOException {
        try (RawClient client = new RawClient(socket)) {
            client.send(request);
            return client.rest();
        }
    }

    void send(String text) throws IOException {
        ByteBuffer bytes = StandardCharsets.ISO_8859_1.encode(text);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Reads until the text has come; fails at the end of the stream. */
    String readUntil(String text) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(text) < 0) {
            int c = in.read();
            if (c < 0) {
                throw new AssertionError("the server hung up after: " + read);
            }
            read.append((char) c);
        }
        return read.toString();
    }

    /** Everything up to the server's hanging up, by reset or by end of stream. */
    String rest() throws IOException {
        StringBuilder read = new StringBuilder();
        try {
            for (int c = in.read(); c >= 0; c = in.read()) {
                read.append((char) c);
            }
        } catch (IOException reset) {
            read.append("[reset]");
        }
        return read.toString();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
