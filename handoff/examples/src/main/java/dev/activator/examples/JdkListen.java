package dev.activator.examples;

import com.sun.net.httpserver.HttpServer;
import dev.activator.service.ListenFd;
import dev.activator.service.ListenFds;
import dev.activator.service.SdNotify;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The JDK's HTTP server at two named listeners. Started without them, it binds to ports of its own. */
final class JdkListen {
    private JdkListen() {}

    public static void main(String[] args) throws IOException {
        ListenFds sockets = ListenFds.inherited();
        serve(sockets, "http", 8080);
        serve(sockets, "admin", 8081);
        SdNotify.ofEnvironment().ready("serving at http and admin");
    }

    private static void serve(ListenFds sockets, String name, int portOfItsOwn) throws IOException {
        Optional<ListenFd> inherited = sockets.find(name);
        if (inherited.isEmpty()) {
            System.err.println(sockets.missing(name) + "; binding to port " + portOfItsOwn);
        }
        // This server takes no channel: it opens a socket by itself, whose place the inherited one takes.
        int port = inherited.isPresent() ? 0 : portOfItsOwn;
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", exchange -> {
            byte[] answer =
                    Greeting.text("the JDK", name, exchange.getRemoteAddress()).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        if (inherited.isPresent()) {
            inherited.get().replace(server.getAddress());
        }
        server.start();
    }
}
