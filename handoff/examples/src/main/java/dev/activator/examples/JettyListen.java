package dev.activator.examples;

import dev.activator.service.ListenFds;
import dev.activator.service.SdNotify;
import java.io.IOException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/** Jetty at two named listeners. */
final class JettyListen {
    private JettyListen() {}

    public static void main(String[] args) throws Exception {
        ListenFds sockets = ListenFds.inherited();
        Server server = new Server();
        for (String name : new String[] {"http", "admin"}) {
            add(server, sockets, name);
        }
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                String name = request.getConnectionMetaData().getConnector().getName();
                Content.Sink.write(
                        response,
                        true,
                        Greeting.text(
                                "Jetty", name, request.getConnectionMetaData().getRemoteSocketAddress()),
                        callback);
                return true;
            }
        });
        server.start();
        SdNotify.ofEnvironment().ready("serving at http and admin");
    }

    private static void add(Server server, ListenFds sockets, String name) throws IOException {
        ServerConnector connector = new ServerConnector(server, 1, 1);
        connector.setName(name);
        connector.open(sockets.require(name).serverSocketChannel());
        server.addConnector(connector);
    }
}
