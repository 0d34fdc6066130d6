package dev.activator.examples;

import com.sun.net.httpserver.HttpServer;
import dev.activator.service.HandoffListener;
import dev.activator.service.HandoffSocket;
import dev.activator.service.SdNotify;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** The JDK's HTTP server with connections that were accepted by the super-server. */
final class JdkPass {
    private JdkPass() {}

    public static void main(String[] args) throws IOException {
        HandoffListener listener = HandoffListener.of(HandoffSocket.require());
        HttpServer server = listener.opening(() -> HttpServer.create(new InetSocketAddress(0), 0));
        server.createContext("/", exchange -> {
            byte[] answer = Greeting.text("the JDK", "http", exchange.getRemoteAddress())
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        SdNotify.ofEnvironment().ready("taking connections");
    }
}
