package dev.activator.it.rig;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The control API as {@code curl --unix-socket} uses it: one HTTP request per connection, cheap enough to ask often. */
final class ControlApi {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path socket;

    ControlApi(Path socket) {
        this.socket = socket;
    }

    /** The JSON that {@code GET path} answers. */
    JsonNode get(String path) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            byte[] reply = Channels.newInputStream(channel).readAllBytes();
            String text = new String(reply, StandardCharsets.UTF_8);
            return JSON.readTree(text.substring(text.indexOf("\r\n\r\n") + 4));
        }
    }
}
