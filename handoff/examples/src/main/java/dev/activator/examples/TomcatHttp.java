package dev.activator.examples;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.Map;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/** What the Tomcat examples have in common: a server without connectors, and a servlet. */
final class TomcatHttp {
    private TomcatHttp() {}

    /** @param listeners what the listeners are called, by their ports; others are standard input */
    static Tomcat server(Map<Integer, String> listeners) throws IOException {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
        Context context = tomcat.addContext("", null);
        Tomcat.addServlet(context, "greeting", new HttpServlet() {
            private static final long serialVersionUID = 1;

            @Override
            protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
                String name = listeners.getOrDefault(request.getLocalPort(), "standard input");
                InetSocketAddress client = new InetSocketAddress(request.getRemoteAddr(), request.getRemotePort());
                response.getWriter().write(Greeting.text("Tomcat", name, client));
            }
        });
        context.addServletMappingDecoded("/", "greeting");
        return tomcat;
    }

    /** A connector at any port of the loopback address. */
    static Connector connector() {
        Connector connector = new Connector();
        connector.setProperty("address", "127.0.0.1");
        connector.setPort(0);
        return connector;
    }
}
