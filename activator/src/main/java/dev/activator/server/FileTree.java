package dev.activator.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A directory and all that is in it. */
final class FileTree {
    private FileTree() {}

    /** Removes it as far as that can be done; symbolic links are not followed. */
    static void remove(Path root) {
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException busy) {
            // What cannot be removed stays behind.
        }
    }
}
