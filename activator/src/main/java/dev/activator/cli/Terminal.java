package dev.activator.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;

/**
 * Where a command writes to and how wide, how colourful and at what time that is.
 *
 * @param columns width to fit tables into; 0 if standard output is no terminal
 * @param hasColors whether colours are wanted: a terminal, and not NO_COLOR
 */
public record Terminal(
        PrintStream out, PrintStream err, int columns, boolean hasColors, InstantSource clock, ZoneId zone) {

    /** System property that the launcher sets to the terminal's width; absent if standard output is no terminal. */
    static final String COLUMNS_PROPERTY = "activator.terminal.columns";

    private static final int USUAL_COLUMNS = 80;
    private static final int FEWEST_COLUMNS = 20;
    private static final int BUFFER = 8192;

    /** The process's own. */
    static Terminal ofProcess(Map<String, String> environment) {
        String told = System.getProperty(COLUMNS_PROPERTY);
        int columns = told == null ? 0 : width(told);
        boolean hasColors = columns > 0
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
        return new Terminal(
                printing(new FileOutputStream(FileDescriptor.out)),
                utf8(System.err),
                columns,
                hasColors,
                InstantSource.system(),
                zoneOf());
    }

    /** The text in that colour, or as it is. */
    public String paint(Color color, String text) {
        return hasColors ? color.around(text) : text;
    }

    public Instant now() {
        return clock.instant();
    }

    private static int width(String told) {
        try {
            return Math.max(FEWEST_COLUMNS, Integer.parseInt(told));
        } catch (NumberFormatException unknown) {
            return USUAL_COLUMNS;
        }
    }

    /** Prints to a stream and ends the command where that cannot be written to. */
    static PrintStream printing(OutputStream into) {
        return new PrintStream(new BufferedOutputStream(new CheckedOutput(into), BUFFER), true, StandardCharsets.UTF_8);
    }

    /** Whatever the locale says: unit names, dots and tree lines are UTF-8, as systemctl's are. */
    private static PrintStream utf8(PrintStream stream) {
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }

    private static ZoneId zoneOf() {
        return ZoneId.systemDefault();
    }
}
