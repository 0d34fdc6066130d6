package dev.activator.it.rig;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where this machine keeps its programs, the administrator's included (a user's PATH often lacks {@code /usr/sbin}). */
public final class Programs {

    private static final List<Path> DIRECTORIES = List.of(
            Path.of("/usr/bin"),
            Path.of("/bin"),
            Path.of("/usr/sbin"),
            Path.of("/sbin"),
            Path.of("/usr/local/bin"),
            Path.of("/usr/local/sbin"));

    private Programs() {}

    /** The absolute path of {@code name}, where it is installed. */
    public static Optional<Path> find(String name) {
        return DIRECTORIES.stream()
                .map(directory -> directory.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** As {@link #find}, for a program that the test needs: its absence is a failure. */
    public static Path path(String name) {
        return find(name).orElseThrow(() -> new IllegalStateException("program '" + name + "' is not installed"));
    }
}
