package dev.activator.config;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What lies in the search directories: unit files by name, the first directory that has a name wins; drop-in directories; lists. */
final class UnitDirectories {
    private static final Map<String, Dependency> LISTS =
            Map.of(".wants", Dependency.WANTS, ".requires", Dependency.REQUIRES, ".upholds", Dependency.UPHOLDS);

    private final List<Path> directories;
    private final Map<String, List<Path>> dropIns = new HashMap<>();
    private final List<Listed> lists = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private Map<UnitName, Entry> found = new HashMap<>();
    private @Nullable UnitTable<Entry> entries;

    /**
     * Where a name stands; one object for all the unit files of a directory.
     *
     * @param index of the search directory
     * @param directory that the unit file lies in
     * @param origin of a unit whose file lies there under its own name
     * @param file that declares the unit among others, or that was named itself; null for the one of the name in the directory
     * @param declared the unit itself where a YAML or JSON file declares it
     */
    record Entry(
            int index,
            Path directory,
            Origin origin,
            @Nullable Path file,
            @Nullable UnitFile declared) {
        Entry(int index, Path directory, @Nullable Path file, @Nullable UnitFile declared) {
            this(index, directory, new Origin.InDirectory(directory), file, declared);
        }

        Path path(UnitName name) {
            return file == null ? directory.resolve(name.toString()) : file;
        }
    }

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
        Entry here = new Entry(index, directory, null, null);
        List<Path> structured = new ArrayList<>();
        try {
            for (String name : names(directory)) {
                sort(name, here, structured);
            }
        } catch (InvalidPathException e) {
            problem(directory, Problem.Severity.ERROR, "a name in it is none in this locale, the rest is not read");
        } catch (NoSuchFileException e) {
            problem(directory, Problem.Severity.WARNING, "there is no such directory, no units are read from it");
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            IOException cause = e instanceof IOException io ? io : (IOException) e.getCause();
            String why = cause == null ? "input/output error" : FileTrouble.reason(cause);
            problem(
                    directory,
                    Problem.Severity.ERROR,
                    "directory cannot be read: " + why + ", no units are read from it");
        }
        structured.sort(null);
        structured.forEach(file -> declare(StructuredFiles.read(file), index));
    }

    /** By one call where that works; what it does not tell, why it does not work say, the slower way does. */
    private static String[] names(Path directory) throws IOException {
        String[] quick = new File(directory.toString()).list();
        if (quick != null) {
            return quick;
        }
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            files.forEach(file -> names.add(String.valueOf(file.getFileName())));
        }
        return names.toArray(new String[0]);
    }

    private void sort(String name, Entry here, List<Path> structured) {
        UnitName unit = UnitName.parse(name);
        if (unit != null) {
            found.putIfAbsent(unit, here);
            return;
        }
        Dependency kind = LISTS.get(suffix(name));
        if (name.endsWith(".d")) {
            dropIns.computeIfAbsent(name, key -> new ArrayList<>(1))
                    .add(here.directory().resolve(name));
        } else if (kind != null) {
            list(here.directory().resolve(name), name.substring(0, name.lastIndexOf('.')), kind);
        } else if (StructuredFiles.isOne(name)) {
            structured.add(here.directory().resolve(name));
        } else if (UnitType.ofName(name) != null) {
            problem(
                    here.directory().resolve(name),
                    Problem.Severity.WARNING,
                    "'" + Quoted.shorten(name) + "' is no valid unit name, ignoring the file");
        }
    }

    private static String suffix(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot);
    }

    private void list(Path directory, String by, Dependency kind) {
        try (DirectoryStream<Path> links = Files.newDirectoryStream(directory)) {
            for (Path link : links) {
                lists.add(new Listed(by, kind, String.valueOf(link.getFileName())));
            }
        } catch (IOException e) {
            problem(directory, Problem.Severity.WARNING, "cannot be read: " + FileTrouble.reason(e) + ", ignoring");
        }
    }

    /** Adds the units of a YAML or JSON file. */
    private void declare(StructuredFiles.Declared file, int index) {
        problems.addAll(file.problems());
        Path directory = directories.get(index);
        for (Map.Entry<UnitName, UnitFile> each : file.units().entrySet()) {
            UnitName name = each.getKey();
            Entry declared = new Entry(index, directory, file.path(), each.getValue());
            Entry other = found.putIfAbsent(name, declared);
            if (other != null && other.index() == index) {
                String message = "unit '" + name + "' is declared here and in '" + other.path(name) + "'";
                UnitFile.Flaw twice =
                        new UnitFile.Flaw(each.getValue().headers().get(0).at(), message);
                UnitFile refused = new UnitFile(file.path(), List.of(), List.of(), List.of(), twice);
                found.put(name, new Entry(index, directory, file.path(), refused));
            }
        }
    }

    /** Puts a file first, whatever the directories have under its name; before anybody asks for the entries. */
    void prefer(UnitName name, Path file) {
        found.put(name, new Entry(0, directories.get(0), file, null));
    }

    private void problem(Path at, Problem.Severity severity, String message) {
        problems.add(new Problem(new Location(at, 0, 0), severity, message));
    }

    /** All names; complete from the first call on. */
    UnitTable<Entry> entries() {
        UnitTable<Entry> all = entries;
        if (all == null) {
            all = UnitTable.of(found);
            entries = all;
            found = Map.of();
        }
        return all;
    }

    /** The names that a YAML or JSON file declares. */
    List<UnitName> declaredIn(Path file) {
        return found.entrySet().stream()
                .filter(each -> each.getValue().path(each.getKey()).equals(file))
                .map(Map.Entry::getKey)
                .toList();
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

    boolean hasDropIns() {
        return !dropIns.isEmpty();
    }

    List<Path> dropInDirectories(String name) {
        return dropIns.getOrDefault(name, List.of());
    }

    /** The search directory that holds a drop-in directory. */
    int rank(Path dropInDirectory) {
        return directories.indexOf(dropInDirectory.getParent());
    }
}
