package dev.activator.demo;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The unit files of the tour, in systemd's syntax. systemd.socket(5), systemd.service(5) */
final class UnitText {
    /** How long a service may be without a connection before it is stopped. */
    static final String IDLE_TIMEOUT = "2s";

    private static final String IDLE = "\n[X-Activator]\nIdleTimeoutSec=" + IDLE_TIMEOUT + "\n";

    private UnitText() {}

    static String socket(DemoService service) {
        String accept = service.kind() == ServiceKind.ECHO ? "Accept=yes\n" : "";
        return """
                [Unit]
                Description=%s

                [Socket]
                ListenStream=%s
                %s""".formatted(describe(service), escape(service.endpoint().toString()), accept);
    }

    /** @param command the program and its arguments, as they shall arrive */
    static String service(DemoService service, List<String> command) {
        return """
                [Unit]
                Description=%s

                [Service]
                ExecStart=%s
                %s""".formatted(describe(service), commandLine(command), settings(service.kind()));
    }

    /** What a JVM that shall be small is told; without it the comparison would flatter the super-server. */
    static List<String> smallJvm(Path java, Path classPath, String mainClass, String name) {
        return List.of(
                java.toString(),
                "-Xmx16m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-cp",
                classPath.toString(),
                mainClass,
                name);
    }

    private static String settings(ServiceKind kind) {
        return switch (kind) {
            case WEB -> "StandardInput=socket\nStandardOutput=journal\n" + IDLE;
            case CLOCK -> IDLE;
            // One process a connection: it ends with it.
            case ECHO -> "StandardInput=socket\n";
        };
    }

    private static String describe(DemoService service) {
        return service.kind().label() + ", number "
                + service.name().substring(service.kind().prefix().length() + 1);
    }

    private static String commandLine(List<String> command) {
        return command.stream().map(UnitText::quote).collect(Collectors.joining(" "));
    }

    private static String quote(String word) {
        String escaped = escape(word).replace("$", "$$");
        boolean isPlain = escaped.matches("[^\\s\"'\\\\;]+");
        return isPlain ? escaped : '"' + escaped.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String escape(String text) {
        return text.replace("%", "%%");
    }
}
