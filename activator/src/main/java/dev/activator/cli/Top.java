package dev.activator.cli;

import dev.activator.config.TimeSpan;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code top}: what all units do, live. */
@Command(
        name = "top",
        description =
                "Show all units live: state, queue, wakes, memory and processor time. Where standard output is no terminal, print it once.",
        footer = {
            "",
            "Keys: n s m c w u sort by name, state, memory, cpu, wakes, queue; arrows or j k scroll; q ends.",
            "",
            "Examples:",
            "  activator top",
            "  activator top --sort memory -n 3 > pictures"
        })
final class Top implements Callable<Integer> {
    private static final String CLEAR = "\u001b[H\u001b[J";
    private static final String SHOW_OTHER_SCREEN = "\u001b[?1049h\u001b[?25l";
    private static final String SHOW_THIS_SCREEN = "\u001b[?25h\u001b[?1049l";
    /** Summary, headings, keys. */
    private static final int OTHER_LINES = 4;

    @ParentCommand
    private @Nullable Activator activator;

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            defaultValue = "2s",
            description = "between two pictures; ${DEFAULT-VALUE} by default, at least 200ms")
    private String interval = "2s";

    @Option(
            names = {"-n", "--count"},
            paramLabel = "N",
            defaultValue = "0",
            description = "how many pictures; on a terminal until q is pressed, else 1")
    private int count;

    @Option(
            names = "--sort",
            paramLabel = "COLUMN",
            defaultValue = "state",
            description = "name, state, memory, cpu, wakes or queue; ${DEFAULT-VALUE} by default")
    private String sort = "state";

    private TopRow.Order order = TopRow.Order.STATE;
    private int scrolled;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Activator root = Objects.requireNonNull(activator);
        order = order();
        Duration pause = pause();
        if (root.terminal().columns() == 0 || root.wantsJson()) {
            printPlain(root, pause);
        } else {
            try (RawTerminal keys = RawTerminal.open()) {
                follow(root, keys, pause);
            }
        }
        return ExitStatus.OK;
    }

    private TopRow.Order order() {
        for (TopRow.Order one : TopRow.Order.values()) {
            if (one.word().equals(sort)) {
                return one;
            }
        }
        throw new Failure(
                ExitStatus.USAGE, "--sort '" + sort + "' is no column; take name, state, memory, cpu, wakes or queue.");
    }

    private Duration pause() {
        try {
            Duration pause = TimeSpan.parse(interval);
            if (pause.toMillis() >= 200) {
                return pause;
            }
        } catch (IllegalArgumentException wrong) {
            // Worded below.
        }
        throw new Failure(
                ExitStatus.USAGE, "--interval '" + interval + "' is no time span of at least 200ms; write 2s.");
    }

    private void printPlain(Activator root, Duration pause) throws InterruptedException {
        TopPicture picture = null;
        for (int i = 0; i < Math.max(1, count); i++) {
            if (i > 0) {
                Thread.sleep(pause.toMillis());
            }
            picture = TopPicture.take(root.client(), picture);
            if (root.wantsJson()) {
                root.out()
                        .println(Json.text(
                                picture.rows(order).stream().map(Top::json).toList()));
            } else {
                root.out().println(root.terminal().now() + " " + picture.summary());
                table(picture.rows(order)).print(root.terminal(), true, true);
            }
        }
    }

    private static Object json(TopRow row) {
        java.util.Map<String, Object> values = new java.util.LinkedHashMap<>();
        values.put("unit", row.unit().id());
        values.put("state", row.state());
        values.put("queued", row.queued());
        values.put("wakes", row.wakes());
        values.put("memory", row.memory());
        values.put("cpu", row.share());
        return values;
    }

    private static Table table(List<TopRow> rows) {
        Table table = new Table(TopRow.HEADINGS);
        rows.forEach(row -> table.row(List.of(Color.BOLD, row.color()), row.cells()));
        return table;
    }

    private void follow(Activator root, RawTerminal keys, Duration pause) throws IOException {
        PrintStream out = root.terminal().out();
        out.print(SHOW_OTHER_SCREEN);
        try {
            TopPicture picture = TopPicture.take(root.client(), null);
            int shown = 1;
            while (true) {
                show(root.terminal(), keys.size(), picture);
                int key = keys.key(Math.max(0, pause.toMillis() - Math.round(picture.ageSeconds() * 1000)));
                if (key == 'q' || (key == RawTerminal.NOTHING && count > 0 && shown >= count)) {
                    return;
                }
                if (key == RawTerminal.NOTHING) {
                    picture = TopPicture.take(root.client(), picture);
                    shown++;
                } else {
                    press(key, picture.rows(order).size());
                }
            }
        } finally {
            out.print(SHOW_THIS_SCREEN);
            out.flush();
        }
    }

    private void press(int key, int rows) {
        TopRow.Order chosen = TopRow.Order.of((char) key);
        if (chosen != null) {
            order = chosen;
            scrolled = 0;
        } else if (key == RawTerminal.DOWN || key == 'j') {
            scrolled = Math.min(scrolled + 1, Math.max(0, rows - 1));
        } else if (key == RawTerminal.UP || key == 'k') {
            scrolled = Math.max(0, scrolled - 1);
        }
    }

    private void show(Terminal terminal, int[] size, TopPicture picture) {
        List<TopRow> rows = picture.rows(order);
        int room = Math.max(1, size[0] - OTHER_LINES);
        int from = Math.min(scrolled, Math.max(0, rows.size() - room));
        List<TopRow> visible = rows.subList(from, Math.min(rows.size(), from + room));
        Terminal sized = new Terminal(
                terminal.out(), terminal.err(), size[1], terminal.hasColors(), terminal.clock(), terminal.zone());
        terminal.out().print(CLEAR);
        terminal.out().println(cut(picture.summary(), size[1]));
        table(visible).print(sized, true, false);
        String place =
                rows.size() > room ? "; " + (from + 1) + "-" + (from + visible.size()) + " of " + rows.size() : "";
        terminal.out()
                .print(cut("by " + order.word() + place + "   n s m c w u: sort, arrows: scroll, q: end", size[1]));
        terminal.out().flush();
    }

    private static String cut(String text, int columns) {
        return text.length() < columns ? text : text.substring(0, Math.max(0, columns - 1));
    }
}
