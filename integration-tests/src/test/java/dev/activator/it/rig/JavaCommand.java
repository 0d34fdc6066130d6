package dev.activator.it.rig;

import dev.activator.it.services.GreetingService;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

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
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                "-cp",
                classPath());
    }

    /** The services, and the library that they receive their sockets with. */
    private static String classPath() {
        String library = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> entry.contains("service-library") || entry.contains("jffi"))
                .collect(Collectors.joining(File.pathSeparator));
        return classes() + File.pathSeparator + library;
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
