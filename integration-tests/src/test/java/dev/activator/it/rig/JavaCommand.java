package dev.activator.it.rig;

import dev.activator.it.services.GreetingService;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;

/** The command line that runs a class of this module in a JVM of its own, quick to start and small. */
final class JavaCommand {

    private JavaCommand() {}

    /** Everything before the name of the class. */
    static List<String> forServices() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-Xshare:auto",
                "-XX:-UsePerfData",
                "-cp",
                classes().toString());
    }

    private static Path classes() {
        try {
            return Path.of(GreetingService.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
