package dev.activator.cli;

import dev.activator.config.TimeSpan;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code measure}: the same units always on and lazily. */
@Command(
        name = "measure",
        description = {
            "Measure what sockets save here: run the same units twice, always on and then started by their clients, with the same clients"
                    + " at the same times, and compare memory, processor time, context switches and how long clients wait.",
            "It runs super-servers of its own, on free ports of the loopback and files of its own in place of the units' addresses. The"
                    + " services themselves are the real ones, so they use the files that they always use."
        },
        footer = {
            "",
            "Examples:",
            "  activator measure --units ./units",
            "  activator measure --units ./units 'web*.socket' --duration 10min --arrivals poisson:30/min --idle-timeout 20s",
            "  activator measure --units ./units --arrivals trace:arrivals.txt --report before"
        })
final class Measure implements Callable<Integer> {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

    @ParentCommand
    private @Nullable Activator activator;

    @Option(
            names = "--units",
            required = true,
            arity = "1",
            paramLabel = "DIR",
            description = "directory with unit files; may be given more than once, the first that has a name wins")
    private List<Path> units = new ArrayList<>();

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            description =
                    "how long clients come, in each of the two runs; a minute, or as long as the trace is, by default")
    private String duration = "";

    @Option(
            names = "--arrivals",
            paramLabel = "HOW",
            defaultValue = "poisson:1/s",
            description =
                    "poisson:RATE, so many clients per s, min or h at random moments, spread evenly over the sockets; or"
                            + " trace:FILE, whose lines are SECONDS SOCKET; ${DEFAULT-VALUE} by default")
    private String arrivals = "poisson:1/s";

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "another number makes other random moments; ${DEFAULT-VALUE} by default")
    private long seed = 1;

    @Option(
            names = "--idle-timeout",
            paramLabel = "TIME",
            description = "have services sleep after this time instead of their own IdleTimeoutSec=")
    private String idleTimeout = "";

    @Option(
            names = "--send",
            paramLabel = "TEXT",
            description =
                    "what a client sends, with \\r and \\n for the ends of lines; a request for / of HTTP by default")
    private String request = "GET / HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n";

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "write FILE.html and FILE.json; measure-DATE-TIME by default")
    private String report = "";

    @Option(
            names = "--allow-unsupported-hardening",
            description = "start units although a security directive of theirs cannot be applied here")
    private boolean allowUnsupportedHardening;

    @Parameters(
            paramLabel = "SOCKET",
            arity = "0..*",
            description = "the socket units that take part, patterns as well; all by default")
    private List<String> sockets = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        Activator root = Objects.requireNonNull(activator);
        return Entries.load(MeasureEntry.CLASS, MeasureEntry.class).run(options(root), root.terminal());
    }

    private MeasureOptions options(Activator root) {
        Terminal terminal = root.terminal();
        String name =
                report.isEmpty() ? "measure-" + STAMP.format(terminal.now().atZone(terminal.zone())) : report;
        return new MeasureOptions(
                Verify.absolute(units),
                sockets.stream().map(Measure::socketName).toList(),
                span("--duration", duration),
                arrivals,
                seed,
                span("--idle-timeout", idleTimeout),
                request.replace("\\r", "\r").replace("\\n", "\n"),
                Path.of(name.replaceFirst("\\.(html|json)$", "")).toAbsolutePath(),
                root.wantsJson(),
                allowUnsupportedHardening);
    }

    private static String socketName(String word) {
        return word.contains(".") || word.endsWith("*") ? word : word + ".socket";
    }

    private static @Nullable Duration span(String option, String text) {
        if (text.isEmpty()) {
            return null;
        }
        try {
            Duration span = TimeSpan.parse(text);
            if (span.toMillis() > 0) {
                return span;
            }
        } catch (IllegalArgumentException wrong) {
            // Worded below.
        }
        throw new Failure(ExitStatus.USAGE, option + " '" + text + "' is no time span such as 30s, 10min or 1h.");
    }
}
