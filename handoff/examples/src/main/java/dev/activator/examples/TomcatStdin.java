package dev.activator.examples;

import dev.activator.service.SdNotify;
import java.util.Map;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/** Tomcat with the one listener that is its standard input, by a setting of its own. */
final class TomcatStdin {
    private TomcatStdin() {}

    public static void main(String[] args) throws Exception {
        Tomcat tomcat = TomcatHttp.server(Map.of());
        Connector connector = TomcatHttp.connector();
        connector.setProperty("useInheritedChannel", "true");
        tomcat.getService().addConnector(connector);
        tomcat.start();
        SdNotify.ofEnvironment().ready();
        tomcat.getServer().await();
    }
}
