package dev.activator.server;

import dev.activator.config.Relations;
import dev.activator.config.UnitName;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What the operator decided about unit files, kept in the state directory: {@code disabled/NAME} for a socket that is not to be started
 * with the super-server, {@code units/NAME -> /dev/null} for a masked unit. The latter directory is searched before all others.
 */
final class UnitFileStates {
    private static final Path NOWHERE = Path.of("/dev/null");
    private final Path state;

    UnitFileStates(Path state) {
        this.state = state;
    }

    /** Searched first for unit files, so that a mask there hides all others. */
    Path unitDirectory() {
        return state.resolve("units");
    }

    boolean isDisabled(UnitName unit) {
        return isDisabled(unit.toString());
    }

    boolean isDisabled(String unit) {
        return Files.exists(state.resolve("disabled").resolve(unit));
    }

    /** The names of all that are. */
    Set<String> disabled() {
        Set<String> names = new HashSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(state.resolve("disabled"))) {
            entries.forEach(entry -> names.add(String.valueOf(entry.getFileName())));
        } catch (IOException none) {
            return Set.of();
        }
        return names;
    }

    void enable(UnitName unit) throws IOException {
        Files.deleteIfExists(disabled(unit));
    }

    void disable(UnitName unit) throws IOException {
        Files.createDirectories(state.resolve("disabled"));
        if (!isDisabled(unit)) {
            Files.createFile(disabled(unit));
        }
    }

    void mask(UnitName unit) throws IOException {
        Files.createDirectories(unitDirectory());
        Path link = unitDirectory().resolve(unit.toString());
        if (!Files.isSymbolicLink(link)) {
            Files.createSymbolicLink(link, NOWHERE);
        }
    }

    /** Takes a mask of ours back; false where there is none, so that another directory must have it. */
    boolean unmask(UnitName unit) throws IOException {
        Path link = unitDirectory().resolve(unit.toString());
        return Files.isSymbolicLink(link) && Files.readSymbolicLink(link).equals(NOWHERE) && Files.deleteIfExists(link);
    }

    /** The target that is started with the super-server; empty for every socket that is enabled. */
    Optional<UnitName> defaultTarget() {
        try {
            return Optional.ofNullable(
                    UnitName.parse(Files.readString(defaultFile()).strip()));
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    void setDefault(UnitName target) throws IOException {
        if (target.toString().equals(Relations.SOCKETS_TARGET)) {
            Files.deleteIfExists(defaultFile());
        } else {
            Files.writeString(defaultFile(), target + "\n");
        }
    }

    private Path defaultFile() {
        return state.resolve("default-target");
    }

    private Path disabled(UnitName unit) {
        return state.resolve("disabled").resolve(unit.toString());
    }
}
