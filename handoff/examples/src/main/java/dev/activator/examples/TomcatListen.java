package dev.activator.examples;

import dev.activator.service.ListenFd;
import dev.activator.service.ListenFds;
import dev.activator.service.SdNotify;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/** Tomcat at two named listeners. */
final class TomcatListen {
    private TomcatListen() {}

    public static void main(String[] args) throws Exception {
        ListenFds sockets = ListenFds.inherited();
        Map<Integer, String> names = new HashMap<>();
        Map<ListenFd, Connector> connectors = new LinkedHashMap<>();
        Tomcat tomcat = TomcatHttp.server(names);
        for (String name : new String[] {"http", "admin"}) {
            ListenFd socket = sockets.require(name);
            names.put(((InetSocketAddress) socket.address()).getPort(), name);
            Connector connector = TomcatHttp.connector();
            tomcat.getService().addConnector(connector);
            connectors.put(socket, connector);
        }
        tomcat.init(); // binds, and does not accept yet
        for (Map.Entry<ListenFd, Connector> each : connectors.entrySet()) {
            each.getKey()
                    .replace(new InetSocketAddress(
                            InetAddress.getLoopbackAddress(), each.getValue().getLocalPort()));
        }
        tomcat.start();
        SdNotify.ofEnvironment().ready("serving at http and admin");
        tomcat.getServer().await();
    }
}
