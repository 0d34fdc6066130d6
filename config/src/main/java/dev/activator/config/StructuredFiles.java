package dev.activator.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Files that declare several units in YAML or JSON: full unit names, in them sections, in them directives with a scalar or a list. The parser
 * classes are loaded only when there is such a file.
 */
final class StructuredFiles {
    private static final long MAX_SIZE = 64L << 20;

    private StructuredFiles() {}

    /** What one file declares. */
    record Declared(Path path, Map<UnitName, UnitFile> units, List<Problem> problems) {
        Declared {
            units = Map.copyOf(units);
            problems = List.copyOf(problems);
        }

        static Declared broken(Location at, String message) {
            Problem problem = new Problem(at, Problem.Severity.ERROR, message + ", none of its units are loaded");
            return new Declared(at.file(), Map.of(), List.of(problem));
        }
    }

    static boolean isOne(String fileName) {
        return fileName.endsWith(".yaml") || fileName.endsWith(".yml") || fileName.endsWith(".json");
    }

    static Declared read(Path path) {
        Location whole = new Location(path, 0, 0);
        try {
            if (!Files.isRegularFile(path)) {
                return Declared.broken(whole, "is no regular file");
            }
            if (Files.size(path) > MAX_SIZE) {
                return Declared.broken(whole, "is larger than 64 MB, which no file of units is");
            }
            String text = Escapes.decode(Files.readAllBytes(path));
            if (text == null) {
                return Declared.broken(whole, "is not UTF-8 text");
            }
            return StructuredReader.read(path, text);
        } catch (IOException e) {
            return Declared.broken(whole, "cannot be read: " + FileTrouble.reason(e));
        }
    }
}
