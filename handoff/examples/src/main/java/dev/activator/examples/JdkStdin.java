package dev.activator.examples;

import com.sun.net.httpserver.HttpServer;
import dev.activator.service.ListenFds;
import dev.activator.service.SdNotify;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** The JDK's HTTP server with the one listener that is its standard input. */
final class JdkStdin {
    private JdkStdin() {}

    public static void main(String[] args) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] answer = Greeting.text("the JDK", "standard input", exchange.getRemoteAddress())
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        ListenFds.standardInput().replace(server.getAddress());
        server.start();
        SdNotify.ofEnvironment().ready();
    }
}
