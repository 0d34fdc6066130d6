package dev.activator.cli;

import dev.activator.control.UnitGlob;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code logs}: what a unit's processes wrote. */
@Command(
        name = "logs",
        description = "Print what a unit's processes have written to standard output and error.",
        footer = {"", "Examples:", "  activator logs web", "  activator logs -n 20 -f web.service"})
final class Logs implements Callable<Integer> {
    private static final int MAX_LINES = 100_000;

    @ParentCommand
    private @Nullable Activator activator;

    @Option(
            names = {"-f", "--follow"},
            description = "go on printing what is added, until Ctrl-C")
    private boolean follow;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = "100",
            description = "how many of the last lines to begin with; ${DEFAULT-VALUE} by default")
    private int lines;

    @Parameters(paramLabel = "UNIT", description = "unit name; NAME means NAME.service")
    private String unit = "";

    @Override
    public Integer call() {
        Activator root = Objects.requireNonNull(activator);
        checkLines(lines);
        ControlClient client = root.client();
        String name = UnitGlob.complete(unit);
        String log = client.log(name, follow ? 0 : lines).orElse(null);
        if (log == null) {
            throw Selection.notFound(client, name);
        }
        if (follow) {
            client.follow(
                    name, lines, root.wantsJson() ? text -> copyAsJson(root, name, text) : text -> copy(root, text));
        } else {
            print(root, name, log);
        }
        return ExitStatus.OK;
    }

    /** Throws the usage error of a number of lines that nobody can have. */
    static void checkLines(int lines) {
        if (lines < 0 || lines > MAX_LINES) {
            throw new Failure(ExitStatus.USAGE, "--lines must be 0.." + MAX_LINES + ", not " + lines + ".");
        }
    }

    private static void print(Activator root, String name, String log) {
        if (root.wantsJson()) {
            log.lines().forEach(line -> printAsJson(root, name, line));
        } else {
            root.out().print(root.terminal().columns() == 0 ? log : Printable.lines(log));
        }
    }

    /** As it comes to a file or a pipe, fit for it to a terminal. */
    private static void copy(Activator root, InputStream text) throws IOException {
        if (root.terminal().columns() == 0) {
            text.transferTo(root.out());
            return;
        }
        BufferedReader lines = new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            root.out().println(Printable.lines(line));
        }
    }

    private static void copyAsJson(Activator root, String name, InputStream text) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            printAsJson(root, name, line);
        }
    }

    /** One object a line, so that a reader can begin before the end. */
    private static void printAsJson(Activator root, String name, String line) {
        root.out().println(Json.text(Map.of("unit", name, "line", line)));
    }
}
