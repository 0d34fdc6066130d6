package dev.activator.it.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A copy of one directory of {@code scenarios/} in a temporary directory of its own. Files below {@code files/} go to
 * the scratch directory, all others to the directory of unit files. In each, {@code @PORT:name@} becomes a free port
 * (the same for the same name), {@code @DIR@} the scratch directory, {@code @JAVA@} the command that runs a class of
 * this module's services, {@code @TRUE@}, {@code @SH@} the like the absolute path of a program.
 */
public final class Scenario {

    private static final Pattern PLACEHOLDER = Pattern.compile("@(PORT|BIN):([a-z0-9.-]+)@|@(DIR|JAVA)@");

    private final Path root;
    private final Map<String, Integer> ports = new HashMap<>();

    private Scenario(Path root) {
        this.root = root;
    }

    /** Lays the scenario out below {@code root}, which exists and is empty. */
    static Scenario copy(String name, Path root) throws IOException {
        Scenario scenario = new Scenario(root);
        for (Path directory : List.of(scenario.units(), scenario.scratch(), scenario.runtime(), scenario.state())) {
            Files.createDirectories(directory);
        }
        Path source = resource(name);
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                scenario.lay(file, source.relativize(file));
            }
        }
        return scenario;
    }

    private static Path resource(String name) {
        URL found = Scenario.class.getResource("/scenarios/" + name);
        if (found == null) {
            throw new IllegalArgumentException("no scenario '" + name + "'");
        }
        try {
            return Path.of(found.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private void lay(Path file, Path relative) throws IOException {
        Path target = relative.startsWith("files")
                ? scratch().resolve(Path.of("files").relativize(relative))
                : units().resolve(relative);
        Path parent = target.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.writeString(target, fill(Files.readString(file)));
    }

    /** Writes one more unit file (placeholders allowed) into the directory of unit files. */
    public Path addUnit(String name, String text) {
        return write(units().resolve(name), text);
    }

    /** Writes a file (placeholders allowed) into the scratch directory. */
    public Path addFile(String name, String text) {
        return write(scratch().resolve(name), text);
    }

    private Path write(Path target, String text) {
        try {
            Path parent = target.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            return Files.writeString(target, fill(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String fill(String text) {
        return PLACEHOLDER.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value(found.group())));
    }

    private String value(String placeholder) {
        String body = placeholder.substring(1, placeholder.length() - 1);
        if (body.startsWith("PORT:")) {
            return Integer.toString(port(body.substring("PORT:".length())));
        }
        if (body.startsWith("BIN:")) {
            return Programs.path(body.substring("BIN:".length())).toString();
        }
        return body.equals("DIR") ? scratch().toString() : String.join(" ", JavaCommand.forServices());
    }

    /** The port that {@code @PORT:name@} stands for. */
    public int port(String name) {
        return ports.computeIfAbsent(name, any -> FreePorts.next());
    }

    /** Where the unit files are: what {@code --units} is given. */
    public Path units() {
        return root.resolve("units");
    }

    /** {@code @DIR@}: what the scenario's services read and write. */
    public Path scratch() {
        return root.resolve("d");
    }

    /** What {@code --runtime} is given. */
    public Path runtime() {
        return root.resolve("run");
    }

    /** What {@code --state} is given. */
    public Path state() {
        return root.resolve("state");
    }

    /** The temporary directory with all of the above. */
    Path root() {
        return root;
    }
}
