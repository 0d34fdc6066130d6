package dev.activator.cli;

import dev.activator.control.PastRun;
import dev.activator.control.UnitGlob;
import dev.activator.control.WakePhase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code activations}: who woke what, how long it took, and why it slept again. */
@Command(
        name = "activations",
        description = "List the wake-ups of services: by whom, how long each phase took, and how it ended.",
        footer = {"", "Examples:", "  activator activations", "  activator activations -n 20 web"})
final class Activations implements Callable<Integer> {
    @ParentCommand
    private @Nullable Activator activator;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = "50",
            description = "how many of the latest; ${DEFAULT-VALUE} by default, at most 1000")
    private int lines;

    @Parameters(paramLabel = "UNIT", arity = "0..1", description = "a service; all of them by default")
    private @Nullable String unit;

    @Override
    public Integer call() {
        Activator root = Objects.requireNonNull(activator);
        if (lines < 0 || lines > 1000) {
            throw new Failure(ExitStatus.USAGE, "--lines must be 0..1000, not " + lines + ".");
        }
        List<PastRun> runs = unit == null
                ? root.client().runs(lines)
                : Selection.runs(root.client(), UnitGlob.complete(unit), lines);
        if (root.wantsJson()) {
            root.printJson(runs);
        } else if (runs.isEmpty()) {
            root.out().println(unit == null ? "No service has been woken yet." : unit + " has not been woken yet.");
        } else {
            print(root.terminal(), runs);
        }
        return ExitStatus.OK;
    }

    private static void print(Terminal terminal, List<PastRun> runs) {
        Table table = new Table("WOKEN", "SERVICE", "READY AFTER", "PHASES", "WAITED", "LASTED", "END", "BY", "WHY");
        for (PastRun run : runs) {
            table.row(
                    TimeText.stamp(run.wake().at(), terminal.zone()),
                    run.unit(),
                    TimeText.measured(run.wake().totalMicros()),
                    phases(run),
                    Integer.toString(run.waited()),
                    lasted(run, terminal),
                    run.end().isEmpty() ? "-" : run.end(),
                    run.wake().cause(),
                    run.why());
        }
        table.print(terminal, true, false);
    }

    static String phases(PastRun run) {
        return run.wake().phases().stream().map(Activations::phase).collect(Collectors.joining(" "));
    }

    private static String phase(WakePhase phase) {
        return phase.name() + " " + TimeText.measured(phase.micros());
    }

    private static String lasted(PastRun run, Terminal terminal) {
        Instant end = run.endedAt() == null ? terminal.now() : run.endedAt();
        Duration span = Duration.between(run.wake().at(), end);
        return TimeText.left(span.isNegative() ? Duration.ZERO : span);
    }
}
