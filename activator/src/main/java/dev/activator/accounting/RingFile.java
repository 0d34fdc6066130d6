package dev.activator.accounting;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The latest lines of something, in a file: added at the end; once it has twice as many as are kept, the older ones go by way of a new file, so
 * that whoever is killed in between leaves either. What cannot be read in it is passed over. For one thread.
 */
final class RingFile {
    private static final int LONGEST_LINE = 4096;

    private final Path file;
    private final int kept;
    private final StringBuilder added = new StringBuilder();
    private int addedLines;
    private int lines = -1;

    /** @param kept how many lines are kept at least */
    RingFile(Path file, int kept) {
        this.file = file;
        this.kept = kept;
    }

    /** What it holds. */
    record Content(List<Map<String, String>> lines, int unreadable) {
        Content {
            lines = List.copyOf(lines);
        }
    }

    /** Adds a line, which is in the file after {@link #flush()}. */
    void add(Map<String, ?> values) throws IOException {
        added.append(FlatJson.line(values)).append('\n');
        addedLines++;
    }

    /**
     * Writes what was added.
     *
     * @throws IOException where the disk is full, say; what was added is lost, what was there stays
     */
    void flush() throws IOException {
        if (addedLines == 0) {
            return;
        }
        String text = (lines < 0 ? begin() : "") + added;
        lines += addedLines;
        added.setLength(0);
        addedLines = 0;
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        if (lines >= 2 * kept) {
            compact();
        }
    }

    /** Counts what is there; the end of a line that was cut off, which a whole one must not be added to. */
    private String begin() throws IOException {
        String all = text();
        lines = (int) all.lines().count();
        return all.isEmpty() || all.endsWith("\n") ? "" : "\n";
    }

    private List<String> texts() throws IOException {
        return text().lines().toList();
    }

    private String text() throws IOException {
        // A damaged file may be no UTF-8 at all; what is not is replaced, and then no line.
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (NoSuchFileException none) {
            return "";
        }
    }

    private void compact() throws IOException {
        List<String> all = texts();
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        String text = all.subList(Math.max(0, all.size() - kept), all.size()).stream()
                .map(line -> line + "\n")
                .collect(Collectors.joining());
        Files.writeString(fresh, text);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        lines = Math.min(kept, all.size());
    }

    /** All of it, oldest first; empty where there is no file. */
    Content read() throws IOException {
        List<Map<String, String>> read = new ArrayList<>();
        int unreadable = 0;
        for (String text : texts()) {
            Optional<Map<String, String>> parsed =
                    text.length() > LONGEST_LINE ? Optional.empty() : FlatJson.parse(text);
            parsed.ifPresent(read::add);
            unreadable += parsed.isPresent() ? 0 : 1;
        }
        return new Content(read, unreadable);
    }

    /** The names of all files of a directory with this ending, without it. */
    static List<String> names(Path directory, String ending) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(path -> String.valueOf(path.getFileName()))
                    .filter(name -> name.endsWith(ending))
                    .map(name -> name.substring(0, name.length() - ending.length()))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }
}
