package dev.activator.demo;

import dev.activator.cli.Color;
import dev.activator.cli.Table;
import dev.activator.cli.Terminal;
import dev.activator.cli.TimeText;
import dev.activator.experiment.Progress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** What the person at the terminal sees: numbered steps, explanations, commands with their output, progress, and time to read. */
final class Screen {
    private static final Duration READING = Duration.ofSeconds(3);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final int WIDEST = 100;
    private static final String OUTPUT_INDENT = "    ";

    private final Terminal terminal;
    private final boolean pauses;
    private int step;
    private String title = "";

    /** @param pauses whether to leave time for reading after each step */
    Screen(Terminal terminal, boolean pauses) {
        this.terminal = terminal;
        this.pauses = pauses;
    }

    /** Begins a step. */
    void step(String title) {
        step++;
        this.title = title;
        terminal.out().println();
        terminal.out().println(terminal.paint(Color.BOLD, step + ". " + title));
    }

    /** Names the step that has begun last. */
    String where() {
        return step == 0 ? "Before the first step" : "Step " + step + " ('" + title + "')";
    }

    /** Has a visitor ask, and shows what is sent and what comes back. */
    Visit show(Visitor visitor) throws IOException {
        terminal.out().println();
        output(List.of("-> " + visitor.service().endpoint() + "  " + visitor.requestLine()));
        Visit visit = visitor.ask();
        output(List.of("<- " + visit.answer() + "  [" + TimeText.measured(visit.answerMicros()) + "]"));
        return visit;
    }

    /** Explains, in lines of a width that can be read. */
    void say(String text) {
        int width = terminal.columns() == 0 ? WIDEST : Math.min(WIDEST, terminal.columns());
        Paragraph.wrap(text, width).forEach(terminal.out()::println);
    }

    /** Shows a command as it is typed. */
    void command(List<String> words) {
        terminal.out().println();
        String line = words.stream().map(Screen::quote).collect(Collectors.joining(" "));
        terminal.out().println(OUTPUT_INDENT + terminal.paint(Color.BOLD, "$ " + line));
    }

    /** Shows what a command printed, or what was sent and came back. */
    void output(List<String> lines) {
        lines.forEach(line -> terminal.out().println((OUTPUT_INDENT + line).stripTrailing()));
    }

    /** Shows a table, indented as output is. */
    void table(Table table) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        table.print(new Terminal(out, out, 0, terminal.hasColors(), terminal.clock(), terminal.zone()), true, true);
        terminal.out().println();
        output(printed.toString(StandardCharsets.UTF_8).lines().toList());
        terminal.out().println();
    }

    /** Begins to show the progress of something that takes a while. */
    Progress progress(String what) {
        return new Progress(terminal, what);
    }

    /** Width that a command's output may have; 0 if there is no terminal. */
    int outputColumns() {
        return terminal.columns() == 0 ? 0 : terminal.columns() - OUTPUT_INDENT.length();
    }

    boolean hasColors() {
        return terminal.hasColors();
    }

    private static String quote(String word) {
        return word.matches("[\\w@%+=:,./-]+") ? word : "'" + word + "'";
    }

    /** Leaves time for reading; Enter ends it early. */
    void pause() throws InterruptedException, IOException {
        if (!pauses) {
            return;
        }
        long deadline = System.nanoTime() + READING.toNanos();
        while (System.in.available() == 0 && System.nanoTime() < deadline) {
            Thread.sleep(LOOK.toMillis());
        }
        System.in.skip(System.in.available());
    }
}
