package dev.activator.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads systemd's unit-file syntax: sections, assignments, comments, continued lines. One pass over the bytes, whatever they are.
 * systemd.syntax(7).
 */
final class UnitFileReader {
    /** Longest line, continued lines together, in bytes; systemd's limit. */
    static final int MAX_LINE = 1 << 20;

    /** Lines that are wrong are reported up to here, so that a wrong file does not flood the report. */
    private static final int MAX_FLAWS = 100;

    private final Path path;
    private final Lines lines;
    private final List<UnitFile.Header> headers = new ArrayList<>();
    private final List<Assignment> assignments = new ArrayList<>();
    private final List<UnitFile.Flaw> flaws = new ArrayList<>();
    private @Nullable String section;
    private UnitFile.@Nullable Flaw fatal;

    private UnitFileReader(Path path, byte[] content) {
        this.path = path;
        this.lines = new Lines(content);
    }

    static UnitFile read(Path path, byte[] content) {
        UnitFileReader reader = new UnitFileReader(path, content);
        LogicalLine line = new LogicalLine();
        while (reader.fatal == null && reader.lines.next()) {
            reader.take(line);
        }
        if (reader.fatal == null && !line.isEmpty()) {
            reader.read(line);
        }
        return new UnitFile(path, reader.headers, reader.assignments, reader.flaws, reader.fatal);
    }

    private void take(LogicalLine line) {
        if (lines.isComment()) {
            return;
        }
        if (line.length() + lines.length() >= MAX_LINE) {
            stop(lines.number(), 1, "line is longer than 1 MB");
            return;
        }
        String text = lines.text();
        if (text == null) {
            stop(lines.number(), 1, "line is not UTF-8 text");
            return;
        }
        if (line.append(text, lines.number())) {
            return;
        }
        read(line);
        line.clear();
    }

    private void read(LogicalLine line) {
        String text = line.text();
        int start = skipBlanks(text, 0);
        int end = trimEnd(text, text.length(), start);
        if (start == end) {
            return;
        }
        if (text.charAt(start) == '[') {
            header(line, text.substring(start, end), start);
            return;
        }
        if (section == null) {
            if (headers.isEmpty()) {
                flaw(line.at(path, start), "assignment outside of a section, ignoring");
            }
            return;
        }
        assignment(line, text, start, end);
    }

    private void header(LogicalLine line, String text, int start) {
        Location at = line.at(path, start);
        if (!text.endsWith("]") || text.length() < 2) {
            stop(at.line(), at.column(), "section header '" + Quoted.shorten(text) + "' does not end in ']'");
            return;
        }
        String name = text.substring(1, text.length() - 1);
        if (hasForbidden(name)) {
            stop(
                    at.line(),
                    at.column(),
                    "section header '" + Quoted.shorten(text) + "' has characters that no section has");
            return;
        }
        section = name;
        headers.add(new UnitFile.Header(name, at));
    }

    private static boolean hasForbidden(String section) {
        for (int i = 0; i < section.length(); i++) {
            char c = section.charAt(i);
            if (c < ' ' || c == 127 || c == '"' || c == '\'' || c == '\\') {
                return true;
            }
        }
        return false;
    }

    private void assignment(LogicalLine line, String text, int start, int end) {
        int equals = text.indexOf('=', start);
        if (equals < 0 || equals >= end) {
            flaw(
                    line.at(path, start),
                    "'" + Quoted.shorten(text.substring(start, end)) + "' has no '=', ignoring the line");
            return;
        }
        String key = text.substring(start, trimEnd(text, equals, start));
        if (key.isEmpty()) {
            flaw(line.at(path, start), "no name before '=', ignoring the line");
            return;
        }
        int valueStart = Math.min(skipBlanks(text, equals + 1), end);
        String in = section == null ? "" : section;
        String value = text.substring(valueStart, end);
        int keyLine = line.lineAt(start);
        int column = line.columnAt(start);
        assignments.add(new Assignment(in, key, value, path, keyLine, column, line.spans(valueStart, end)));
    }

    private void flaw(Location at, String message) {
        if (flaws.size() < MAX_FLAWS) {
            flaws.add(new UnitFile.Flaw(at, message));
        } else if (flaws.size() == MAX_FLAWS) {
            flaws.add(new UnitFile.Flaw(at, "more lines like these are not reported"));
        }
    }

    private void stop(int line, int column, String message) {
        fatal = new UnitFile.Flaw(new Location(path, line, column), message);
    }

    private static int skipBlanks(String text, int from) {
        int i = from;
        while (i < text.length() && isBlank(text.charAt(i))) {
            i++;
        }
        return i;
    }

    /** Without the blanks at both ends that do not count for a value. */
    static String strip(String text) {
        int start = 0;
        while (start < text.length() && isBlank(text.charAt(start))) {
            start++;
        }
        return text.substring(start, trimEnd(text, text.length(), start));
    }

    private static int trimEnd(String text, int end, int least) {
        int i = end;
        while (i > least && isBlank(text.charAt(i - 1))) {
            i--;
        }
        return i;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    /** Physical lines joined by a backslash at their ends, and where each of them began. */
    private static final class LogicalLine {
        private final StringBuilder joined = new StringBuilder();
        /** The whole where it is one line, as nearly all are. */
        private String single = "";

        private int[] starts = new int[6];
        private int count;

        /** Adds a line; whether its last backslash says that it goes on. */
        boolean append(String line, int number) {
            if (2 * count == starts.length) {
                starts = Arrays.copyOf(starts, 2 * starts.length);
            }
            starts[2 * count] = joined.length();
            starts[2 * count + 1] = number;
            count++;
            int backslashes = 0;
            while (backslashes < line.length() && line.charAt(line.length() - 1 - backslashes) == '\\') {
                backslashes++;
            }
            boolean goesOn = backslashes % 2 == 1;
            if (count == 1 && !goesOn) {
                single = line;
                return false;
            }
            joined.append(line);
            if (goesOn) {
                joined.setCharAt(joined.length() - 1, ' ');
            }
            return goesOn;
        }

        boolean isEmpty() {
            return count == 0;
        }

        int length() {
            return joined.length();
        }

        String text() {
            return joined.isEmpty() ? single : joined.toString();
        }

        void clear() {
            joined.setLength(0);
            single = "";
            count = 0;
        }

        Location at(Path path, int offset) {
            return new Location(path, lineAt(offset), columnAt(offset));
        }

        int lineAt(int offset) {
            return starts[2 * indexOf(offset) + 1];
        }

        int columnAt(int offset) {
            return offset - starts[2 * indexOf(offset)] + 1;
        }

        /** Where the value between two offsets stands, line by line. */
        int[] spans(int from, int to) {
            int first = indexOf(from);
            int last = Math.max(first, indexOf(Math.max(from, to - 1)));
            int[] spans = new int[3 * (last - first + 1)];
            for (int i = first; i <= last; i++) {
                int begin = Math.max(from, starts[2 * i]);
                int at = 3 * (i - first);
                spans[at] = begin - from;
                spans[at + 1] = starts[2 * i + 1];
                spans[at + 2] = begin - starts[2 * i] + 1;
            }
            return spans;
        }

        private int indexOf(int offset) {
            int low = 0;
            int high = count - 1;
            while (low < high) {
                int middle = (low + high + 1) >>> 1;
                if (starts[2 * middle] <= offset) {
                    low = middle;
                } else {
                    high = middle - 1;
                }
            }
            return low;
        }
    }
}
