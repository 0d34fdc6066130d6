package dev.activator.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Columns of text, each as wide as its widest cell; on a terminal that is too narrow the widest columns are cut, with {@code …} where
 * something is missing. The first column may be a mark without a heading. The first with a heading says what the row is about and keeps two
 * fifths of the terminal if it needs them.
 */
public final class Table {
    private static final int NARROWEST = 8;

    private final List<String> headings;
    private final List<Row> rows = new ArrayList<>();

    private record Row(List<String> cells, List<Color> colors) {}

    public Table(String... headings) {
        this.headings = List.of(headings);
    }

    /** Adds a row of as many cells as there are headings. */
    public void row(String... cells) {
        row(List.of(), cells);
    }

    /** Adds a row whose first cells have a colour each. */
    void row(List<Color> colors, String... cells) {
        rows.add(new Row(Stream.of(cells).map(Printable::line).toList(), colors));
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /**
     * Prints the table.
     *
     * @param legend whether to begin with the headings
     * @param full never cut, however narrow the terminal
     */
    public void print(Terminal terminal, boolean legend, boolean full) {
        int[] widths = widths(legend);
        if (!full && terminal.columns() > 0) {
            fit(widths, terminal.columns());
        }
        if (legend) {
            String line = line(headings, widths, List.of(), terminal);
            terminal.out().println(terminal.paint(Color.UNDERLINED, line));
        }
        for (Row row : rows) {
            terminal.out().println(line(row.cells(), widths, row.colors(), terminal));
        }
    }

    private int[] widths(boolean legend) {
        int[] widths = new int[headings.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = legend ? headings.get(i).length() : 0;
            for (Row row : rows) {
                widths[i] = Math.max(widths[i], length(row.cells().get(i)));
            }
        }
        return widths;
    }

    private void fit(int[] widths, int columns) {
        int[] least = new int[widths.length];
        Arrays.fill(least, NARROWEST);
        int subject = headings.get(0).isEmpty() && widths.length > 1 ? 1 : 0;
        least[subject] = Math.max(NARROWEST, 2 * columns / 5);
        int excess = Arrays.stream(widths).sum() + widths.length - 1 - columns;
        for (int widest = widest(widths, least); excess > 0 && widest >= 0; widest = widest(widths, least)) {
            widths[widest]--;
            excess--;
        }
    }

    /** Of those that may become narrower; −1 where none may. */
    private static int widest(int[] widths, int[] least) {
        int widest = -1;
        for (int i = 0; i < widths.length; i++) {
            // The last of several equal ones, since what matters most stands on the left.
            boolean isWider = widest < 0 || widths[i] >= widths[widest];
            widest = widths[i] > least[i] && isWider ? i : widest;
        }
        return widest;
    }

    private static String line(List<String> cells, int[] widths, List<Color> colors, Terminal terminal) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String text = cut(cells.get(i), widths[i]);
            boolean last = i == widths.length - 1;
            String padding = last ? "" : " ".repeat(widths[i] - length(text) + 1);
            line.append(i < colors.size() && !text.isBlank() ? terminal.paint(colors.get(i), text) : text)
                    .append(padding);
        }
        return line.toString().stripTrailing();
    }

    private static String cut(String text, int width) {
        return length(text) <= width
                ? text
                : text.substring(0, text.offsetByCodePoints(0, Math.max(0, width - 1))) + "…";
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
