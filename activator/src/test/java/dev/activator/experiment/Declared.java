package dev.activator.experiment;

import dev.activator.cli.MeasureOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Units in a directory of a test's own. */
final class Declared {
    private final Path directory;

    Declared(Path directory) {
        this.directory = directory;
    }

    /** A socket and the service that it wakes. */
    Declared service(String name, String socket) {
        return file(name + ".socket", "[Socket]\n" + socket + "\n")
                .file(name + ".service", "[Service]\nExecStart=/bin/cat\n");
    }

    Declared file(String name, String text) {
        try {
            Files.writeString(directory.resolve(name), text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return this;
    }

    MeasureOptions options(String... sockets) {
        return new MeasureOptions(
                List.of(directory),
                List.of(sockets),
                null,
                "poisson:1/s",
                1,
                null,
                "hello",
                directory.resolve("report"),
                false,
                false);
    }

    Subjects subjects(String... sockets) throws IOException {
        return Subjects.choose(options(sockets), directory.resolve("files"));
    }
}
