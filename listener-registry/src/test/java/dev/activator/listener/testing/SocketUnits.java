package dev.activator.listener.testing;

import dev.activator.config.HostFacts;
import dev.activator.config.SocketUnit;
import dev.activator.config.UnitCatalog;
import dev.activator.config.UnitLoader;
import dev.activator.config.UnitName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Socket units as the loader makes them from files. */
public final class SocketUnits {
    private final Path directory;

    /** @param directory an existing one that the unit files are written to */
    public SocketUnits(Path directory) {
        this.directory = directory;
    }

    /**
     * Writes {@code web.socket} with these lines in its section [Socket], and a service for it, and loads it.
     *
     * @throws AssertionError where the unit has problems
     */
    public SocketUnit load(String unit, String... lines) {
        UnitName name = Objects.requireNonNull(UnitName.parse(unit));
        String service = String.join("\n", lines).contains("Accept=yes") ? "@.service" : ".service";
        write(unit, "[Socket]\n" + String.join("\n", lines) + "\n");
        write(name.prefix() + service, "[Service]\nExecStart=/bin/cat\n");
        UnitCatalog catalog = UnitLoader.load(List.of(directory), HostFacts.forTests());
        if (!catalog.problems(name).isEmpty()) {
            throw new AssertionError(catalog.problems(name).toString());
        }
        return catalog.socket(name).orElseThrow();
    }

    private void write(String file, String text) {
        try {
            Files.writeString(directory.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
