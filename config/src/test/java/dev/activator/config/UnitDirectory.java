package dev.activator.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A directory of unit files below a test's temporary directory. */
final class UnitDirectory {
    private final Path path;

    UnitDirectory(Path path) {
        this.path = create(path);
    }

    private static Path create(Path directory) {
        try {
            return Files.createDirectories(directory).toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path path() {
        return path;
    }

    Path file(String name) {
        return path.resolve(name);
    }

    UnitDirectory write(String name, String... lines) {
        return writeText(name, String.join("\n", lines) + "\n");
    }

    UnitDirectory writeText(String name, String text) {
        try {
            Files.createDirectories(file(name).getParent());
            Files.writeString(file(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** A socket at a Unix path of its own, and its service. */
    UnitDirectory pair(String name) {
        write(name + ".socket", "[Socket]", "ListenStream=/run/" + name);
        return write(name + ".service", "[Service]", "ExecStart=/bin/" + name);
    }

    UnitDirectory link(String name, String target) {
        try {
            Files.createDirectories(file(name).getParent());
            Files.createSymbolicLink(file(name), Path.of(target));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    UnitCatalog load() {
        return UnitLoader.load(List.of(path), HostFacts.forTests());
    }
}
