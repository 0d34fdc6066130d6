package dev.activator.examples;

import dev.activator.service.SdNotify;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/** Jetty with the one listener that is its standard input, by a setting of its own. */
final class JettyStdin {
    private JettyStdin() {}

    public static void main(String[] args) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server, 1, 1);
        connector.setInheritChannel(true);
        server.addConnector(connector);
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                Content.Sink.write(
                        response,
                        true,
                        Greeting.text(
                                "Jetty",
                                "standard input",
                                request.getConnectionMetaData().getRemoteSocketAddress()),
                        callback);
                return true;
            }
        });
        server.start();
        SdNotify.ofEnvironment().ready();
    }
}
