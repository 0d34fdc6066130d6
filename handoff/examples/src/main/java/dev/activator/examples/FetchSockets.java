package dev.activator.examples;

import dev.activator.service.ListenFd;
import dev.activator.service.SocketFetch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A program that nobody starts for its sockets: it asks for them. Arguments: the path of fetch.sock, and a unit. */
final class FetchSockets {
    private FetchSockets() {}

    public static void main(String[] args) throws IOException {
        ListenFd socket = SocketFetch.fetch(Path.of(args[0]), args[1]).all().get(0);
        try (ServerSocketChannel listener = socket.serverSocketChannel()) {
            while (true) {
                try (SocketChannel client = listener.accept()) {
                    String text = Greeting.text("Java", socket.name(), client.getRemoteAddress());
                    String answer = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + text.length()
                            + "\r\n\r\n" + text;
                    client.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.US_ASCII)));
                    client.shutdownOutput();
                    ByteBuffer request = ByteBuffer.allocate(4096);
                    while (client.read(request.clear())
                            > 0) {} // what is not read when it is closed would cost the answer
                }
            }
        }
    }
}
