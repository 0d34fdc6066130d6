package dev.activator.config;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Finds and reads the drop-ins of units. systemd.unit(5). Each file is read once, however many units it is for. */
final class DropIns {
    private final UnitDirectories directories;
    private final Map<Path, UnitFile> read = new ConcurrentHashMap<>();
    private final Map<Path, Map<String, Path>> listed = new ConcurrentHashMap<>();

    DropIns(UnitDirectories directories) {
        this.directories = directories;
    }

    /** The drop-ins of a unit that has all these names, in the order in which they count: by file name. */
    List<UnitFile> of(Collection<UnitName> names) {
        List<UnitFile> files = new ArrayList<>();
        for (Path path : paths(names)) {
            if (!isMask(path)) {
                files.add(read.computeIfAbsent(path, file -> UnitFiles.read(file, file)));
            }
        }
        return files;
    }

    /** Whether there are any, masked ones included. */
    boolean isAny(Collection<UnitName> names) {
        return directories.hasDropIns() && !paths(names).isEmpty();
    }

    /** The paths of these, and of those that are masked. */
    Collection<Path> paths(Collection<UnitName> names) {
        if (!directories.hasDropIns()) {
            return List.of();
        }
        Map<String, Path> byName = new TreeMap<>();
        for (Path directory : directoriesOf(names)) {
            listed.computeIfAbsent(directory, DropIns::list).forEach(byName::putIfAbsent);
        }
        return byName.values();
    }

    /** Whether there are drop-ins for this name alone. */
    boolean hasOwn(UnitName name) {
        return directories.hasDropIns()
                && !directories.dropInDirectories(name + ".d").isEmpty();
    }

    /** The most telling first: earlier search directory, then longer name; those for the type as a whole last. */
    private List<Path> directoriesOf(Collection<UnitName> names) {
        Set<String> directoryNames = new LinkedHashSet<>();
        String type = "";
        for (UnitName name : names) {
            type = name.type().suffix();
            addPrefixes(name, directoryNames);
            if (name.isInstance()) {
                addPrefixes(name.template(), directoryNames);
            }
        }
        List<Path> found = new ArrayList<>();
        directoryNames.forEach(name -> found.addAll(directories.dropInDirectories(name)));
        found.sort(Comparator.comparingInt(directories::rank));
        found.addAll(directories.dropInDirectories(type + ".d"));
        return found;
    }

    /** {@code foo-bar.service.d}, then {@code foo-.service.d}. */
    private static void addPrefixes(UnitName name, Set<String> directoryNames) {
        directoryNames.add(name + ".d");
        String prefix = name.prefix();
        for (int dash = prefix.lastIndexOf('-', prefix.length() - 2);
                dash > 0;
                dash = prefix.lastIndexOf('-', dash - 1)) {
            directoryNames.add(new UnitName(prefix.substring(0, dash + 1), name.instance(), name.type()) + ".d");
        }
    }

    private static Map<String, Path> list(Path directory) {
        Map<String, Path> files = new TreeMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, "*.conf")) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                if (!name.startsWith(".")) {
                    files.put(name, entry);
                }
            }
        } catch (IOException e) {
            // An unreadable directory shows as one drop-in that cannot be read, so that it is reported with each of its
            // units.
            files.put(String.valueOf(directory.getFileName()), directory);
        }
        return files;
    }

    /** A link to /dev/null or an empty file hides the drop-ins of that name in other directories. */
    private static boolean isMask(Path path) {
        try {
            return path.toRealPath().equals(Path.of("/dev/null"))
                    || (Files.isRegularFile(path) && Files.size(path) == 0);
        } catch (IOException e) {
            return false;
        }
    }
}
