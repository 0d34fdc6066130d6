package dev.activator.experiment;

import dev.activator.cli.ExitStatus;
import dev.activator.cli.Failure;
import dev.activator.cli.Json;
import dev.activator.cli.MeasureEntry;
import dev.activator.cli.MeasureOptions;
import dev.activator.cli.Table;
import dev.activator.cli.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** {@code activator measure} from its begin to its end. */
public final class Experiment implements MeasureEntry {
    @Override
    public int run(MeasureOptions options, Terminal terminal) throws IOException, InterruptedException {
        return Interruption.guard(
                terminal, "Interrupted; everything that was started is stopped, and there is no report.", () -> {
                    measure(options, terminal);
                    return ExitStatus.OK;
                });
    }

    private static void measure(MeasureOptions options, Terminal terminal) throws IOException, InterruptedException {
        Path page = withSuffix(options.report(), ".html");
        Path figures = withSuffix(options.report(), ".json");
        checkWritable(page);
        // What a machine reads goes to standard output alone.
        Terminal says = new Terminal(
                terminal.err(),
                terminal.err(),
                terminal.columns(),
                terminal.hasColors(),
                terminal.clock(),
                terminal.zone());
        Report report = measure(options, terminal, says);
        Files.writeString(figures, Json.pretty(report.json()) + "\n");
        Files.writeString(page, ReportPage.of(report, terminal.zone()));
        if (options.json()) {
            terminal.out().println(Json.pretty(report.json()));
        } else {
            print(report, terminal);
            terminal.out().println("Written: " + page + " and " + figures.getFileName());
        }
    }

    private static Report measure(MeasureOptions options, Terminal terminal, Terminal says)
            throws IOException, InterruptedException {
        try (Workspace first = Workspace.create("measure-on");
                Workspace second = Workspace.create("measure-lazy")) {
            Subjects subjects = Subjects.choose(options, first.sockets());
            Arrivals arrivals =
                    Arrivals.parse(options.arrivals(), options.duration(), options.seed(), subjects.chosen());
            says.out()
                    .println(subjects.chosen().size() + (subjects.chosen().size() == 1 ? " socket, " : " sockets, ")
                            + arrivals.each().size() + " clients, two runs of "
                            + arrivals.duration().toSeconds() + " s each");
            Trial trial = new Trial(options, subjects, arrivals, says);
            try (Clients clients = new Clients(subjects.chosen(), options.request())) {
                clients.warmUp();
                Course alwaysOn = trial.run(Mode.ALWAYS_ON, first, clients);
                Course lazy = trial.run(Mode.LAZY, second, clients);
                return new Report(
                        terminal.now(),
                        host(),
                        arrivals.how(),
                        timeout(options.idleTimeout()),
                        subjects.chosen(),
                        alwaysOn,
                        lazy);
            }
        }
    }

    private static void print(Report report, Terminal terminal) {
        Table table = new Table("", "ALWAYS ON", "LAZY", "LAZY / ALWAYS ON");
        report.rows().forEach(row -> table.row(row.what(), row.alwaysOn(), row.lazy(), row.ratio()));
        terminal.out().println();
        table.print(terminal, true, true);
        terminal.out().println();
        terminal.out().println(report.sentence());
    }

    private static String host() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.availableProcessors() + " processors, Linux " + System.getProperty("os.version") + ", "
                + System.getProperty("os.arch") + ", Java " + System.getProperty("java.version");
    }

    private static String timeout(@Nullable Duration timeout) {
        return timeout == null ? "as each unit says" : timeout.toMillis() / 1000.0 + " s";
    }

    private static Path withSuffix(Path report, String suffix) {
        return report.resolveSibling(report.getFileName() + suffix);
    }

    /** Known before anything takes its time. */
    private static void checkWritable(Path page) {
        Path directory = page.getParent();
        if (directory == null || !Files.isDirectory(directory) || !Files.isWritable(directory)) {
            throw new Failure(
                    ExitStatus.USAGE,
                    "--report: cannot write into '" + directory + "'; name a file in a directory of yours.");
        }
    }
}
