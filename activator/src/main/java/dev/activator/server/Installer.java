package dev.activator.server;

import dev.activator.config.Directive;
import dev.activator.config.InstallDirectives;
import dev.activator.config.Unit;
import dev.activator.config.UnitCatalog;
import dev.activator.config.UnitName;
import dev.activator.config.UnitType;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Does what [Install] sections ask for: links in a directory of ours that is searched for units, and marks for sockets, which are enabled
 * unless they have one. systemd.unit(5).
 */
final class Installer {
    private static final Map<Directive<List<String>>, String> LISTS = Map.of(
            InstallDirectives.WANTED_BY, ".wants",
            InstallDirectives.REQUIRED_BY, ".requires",
            InstallDirectives.UPHELD_BY, ".upholds");

    private final UnitFileStates states;
    private final UnitCatalog catalog;
    private final List<String> notes = new ArrayList<>();
    private final Set<UnitName> seen = new HashSet<>();
    private boolean changedLinks;

    Installer(UnitFileStates states, UnitCatalog catalog) {
        this.states = states;
        this.catalog = catalog;
    }

    /** Enables the unit and those of its Also=. */
    void enable(UnitName name) throws IOException {
        Unit unit = unit(name);
        if (!seen.add(name) || unit == null) {
            return;
        }
        if (name.type() == UnitType.SOCKET && states.isDisabled(name)) {
            states.enable(name);
            notes.add("Enabled " + name + ".");
        }
        for (Map.Entry<Directive<List<String>>, String> list : LISTS.entrySet()) {
            for (String by : unit.get(list.getKey())) {
                // That every enabled socket belongs there needs no link.
                if (name.type() != UnitType.SOCKET) {
                    link(Path.of(by + list.getValue(), unit.name().toString()), unit);
                }
            }
        }
        for (String alias : unit.get(InstallDirectives.ALIAS)) {
            link(Path.of(alias), unit);
        }
        for (String other : unit.get(InstallDirectives.ALSO)) {
            UnitName also = UnitName.parse(other);
            if (also != null) {
                enable(also);
            }
        }
    }

    /** Disables the unit and those of its Also=. */
    void disable(UnitName name) throws IOException {
        Unit unit = unit(name);
        if (!seen.add(name)) {
            return;
        }
        if (name.type() == UnitType.SOCKET && !states.isDisabled(name)) {
            states.disable(name);
            notes.add("Disabled " + name + ".");
        }
        unlinkAll(unit == null ? name : unit.name());
        if (unit == null) {
            return;
        }
        for (String alias : unit.get(InstallDirectives.ALIAS)) {
            unlink(states.unitDirectory().resolve(alias));
        }
        for (String other : unit.get(InstallDirectives.ALSO)) {
            UnitName also = UnitName.parse(other);
            if (also != null) {
                disable(also);
            }
        }
    }

    /** Whether links came or went, so that units have to be read anew. */
    boolean changedLinks() {
        return changedLinks;
    }

    /** What was done, a sentence each. */
    List<String> notes() {
        return notes;
    }

    /** Whether enabling it does anything. */
    static boolean hasInstall(Unit unit) {
        return unit.isSet(InstallDirectives.ALIAS)
                || unit.isSet(InstallDirectives.ALSO)
                || LISTS.keySet().stream().anyMatch(unit::isSet);
    }

    /** A template stands for the instance that its DefaultInstance= names. */
    private @Nullable Unit unit(UnitName name) {
        if (!name.isTemplate()) {
            return catalog.find(name.toString()).orElse(null);
        }
        return catalog.find(name.withInstance("default").toString())
                .flatMap(sample -> sample.get(InstallDirectives.DEFAULT_INSTANCE))
                .flatMap(instance -> catalog.find(name.withInstance(instance).toString()))
                .orElse(null);
    }

    private void link(Path where, Unit unit) throws IOException {
        Path link = states.unitDirectory().resolve(where);
        Path file = unit.sources().get(0);
        if (Files.isSymbolicLink(link)) {
            return;
        }
        Path parent = link.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.createSymbolicLink(link, file);
        changedLinks = true;
        notes.add("Created symlink " + link + " → " + file + ".");
    }

    private void unlinkAll(UnitName name) throws IOException {
        try (DirectoryStream<Path> directories =
                Files.newDirectoryStream(states.unitDirectory(), "*.{wants,requires,upholds}")) {
            for (Path directory : directories) {
                unlink(directory.resolve(name.toString()));
            }
        } catch (NoSuchFileException none) {
            // Nothing was ever enabled.
        }
    }

    private void unlink(Path link) throws IOException {
        if (Files.isSymbolicLink(link)) {
            Files.delete(link);
            changedLinks = true;
            notes.add("Removed " + link + ".");
        }
    }
}
