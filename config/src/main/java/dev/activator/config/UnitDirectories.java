package dev.activator.config;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What lies in the search directories: unit files by name, the first directory that has a name wins; drop-in directories; lists. */
final class UnitDirectories {
    private static final Map<String, Dependency> LISTS =
            Map.of(".wants", Dependency.WANTS, ".requires", Dependency.REQUIRES, ".upholds", Dependency.UPHOLDS);

    private final List<Path> directories;
    private final Map<String, Entry> entries = new TreeMap<>();
    private final Map<String, List<Path>> dropIns = new HashMap<>();
    private final List<Listed> lists = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    /**
     * A name that some directory has.
     *
     * @param path of the unit file, or of the file that declares the unit among others
     * @param directory index of the search directory
     * @param declared the unit itself where a YAML or JSON file declares it
     */
    record Entry(Path path, int directory, @Nullable UnitFile declared) {}

    /**
     * A line of a {@code .wants} directory or the like.
     *
     * @param by the unit that it belongs to
     */
    record Listed(String by, Dependency kind, String listed) {}

    UnitDirectories(List<Path> directories) {
        this.directories = List.copyOf(directories);
        for (int i = 0; i < directories.size(); i++) {
            scan(i);
        }
    }

    private void scan(int index) {
        Path directory = directories.get(index);
        List<Path> structured = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                sort(file, index, structured);
            }
        } catch (NoSuchFileException e) {
            problem(directory, Problem.Severity.WARNING, "there is no such directory, no units are read from it");
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            IOException cause = e instanceof IOException io ? io : (IOException) e.getCause();
            String why = cause == null ? "input/output error" : UnitFiles.reason(cause);
            problem(
                    directory,
                    Problem.Severity.ERROR,
                    "directory cannot be read: " + why + ", no units are read from it");
        }
        structured.sort(null);
        structured.forEach(file -> declare(StructuredFiles.read(file), index));
    }

    private void sort(Path file, int index, List<Path> structured) {
        Path fileName = file.getFileName();
        String name = fileName == null ? "" : fileName.toString();
        Dependency kind = LISTS.get(suffix(name));
        if (name.endsWith(".d")) {
            dropIns.computeIfAbsent(name, key -> new ArrayList<>(1)).add(file);
        } else if (kind != null) {
            list(file, name.substring(0, name.lastIndexOf('.')), kind);
        } else if (StructuredFiles.isOne(name)) {
            structured.add(file);
        } else if (UnitName.parse(name) != null) {
            entries.putIfAbsent(name, new Entry(file, index, null));
        } else if (hasUnitSuffix(name)) {
            problem(
                    file,
                    Problem.Severity.WARNING,
                    "'" + Quoted.shorten(name) + "' is no valid unit name, ignoring the file");
        }
    }

    private static String suffix(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot);
    }

    private static boolean hasUnitSuffix(String name) {
        for (UnitType type : UnitType.values()) {
            if (name.endsWith("." + type.suffix())) {
                return true;
            }
        }
        return false;
    }

    private void list(Path directory, String by, Dependency kind) {
        try (DirectoryStream<Path> links = Files.newDirectoryStream(directory)) {
            for (Path link : links) {
                lists.add(new Listed(by, kind, String.valueOf(link.getFileName())));
            }
        } catch (IOException e) {
            problem(directory, Problem.Severity.WARNING, "cannot be read: " + UnitFiles.reason(e) + ", ignoring");
        }
    }

    /** Adds the units of a YAML or JSON file. */
    void declare(StructuredFiles.Declared file, int index) {
        problems.addAll(file.problems());
        for (Map.Entry<UnitName, UnitFile> each : file.units().entrySet()) {
            String name = each.getKey().toString();
            Entry other = entries.putIfAbsent(name, new Entry(file.path(), index, each.getValue()));
            if (other != null && other.directory() == index) {
                String message = "unit '" + name + "' is declared here and in '" + other.path() + "'";
                UnitFile.Flaw twice =
                        new UnitFile.Flaw(each.getValue().headers().get(0).at(), message);
                UnitFile refused = new UnitFile(file.path(), List.of(), List.of(), List.of(), twice);
                entries.put(name, new Entry(file.path(), index, refused));
            }
        }
    }

    /** Puts a file first, whatever the directories have under its name. */
    void prefer(String name, Path file) {
        entries.put(name, new Entry(file, 0, null));
    }

    private void problem(Path at, Problem.Severity severity, String message) {
        problems.add(new Problem(new Location(at, 0, 0), severity, message));
    }

    Map<String, Entry> entries() {
        return entries;
    }

    List<Problem> problems() {
        return problems;
    }

    /** What all .wants, .requires and .upholds directories list. */
    List<Listed> lists() {
        return lists;
    }

    /** Whether a directory, as a link names it, is one of the search directories. */
    boolean isSearched(@Nullable Path directory) {
        return directory != null && (directories.contains(directory) || directories.contains(real(directory)));
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path;
        }
    }

    List<Path> dropInDirectories(String name) {
        return dropIns.getOrDefault(name, List.of());
    }

    /** The search directory that holds a drop-in directory. */
    int rank(Path dropInDirectory) {
        return directories.indexOf(dropInDirectory.getParent());
    }
}
