package dev.activator.server;

import dev.activator.config.UnitName;
import dev.activator.control.UnitGlob;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the makers of the host say is to be enabled: the first line of the {@code *.preset} files beside the unit directories that fits a
 * name. Without any a unit is to be enabled. systemd.preset(5).
 */
final class Presets {
    private static final String DIRECTORY = "system-preset";

    private final List<Line> lines;

    private record Line(boolean enables, String pattern) {}

    private Presets(List<Line> lines) {
        this.lines = lines;
    }

    /** Of the files in {@code system-preset} beside each of these; a name in an earlier one hides those in later ones. */
    static Presets beside(List<Path> unitDirectories) throws IOException {
        Map<String, Path> files = new TreeMap<>();
        for (Path directory : unitDirectories) {
            Path presets = directory.resolveSibling(DIRECTORY);
            if (Files.isDirectory(presets)) {
                try (DirectoryStream<Path> found = Files.newDirectoryStream(presets, "*.preset")) {
                    found.forEach(file -> files.putIfAbsent(String.valueOf(file.getFileName()), file));
                }
            }
        }
        List<Line> lines = new ArrayList<>();
        for (Path file : files.values()) {
            for (String line : Files.readAllLines(file)) {
                String[] words = line.strip().split("\\s+");
                if (words.length >= 2 && (words[0].equals("enable") || words[0].equals("disable"))) {
                    lines.add(new Line(words[0].equals("enable"), words[1]));
                }
            }
        }
        return new Presets(lines);
    }

    boolean enables(UnitName unit) {
        for (Line line : lines) {
            if (UnitGlob.matches(unit.toString(), line.pattern())) {
                return line.enables();
            }
        }
        return true;
    }
}
