package dev.activator.cli;

import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code demo}: the guided tour. */
@Command(
        name = "demo",
        description =
                "A guided tour: 100 sockets, the services behind them started by their first connection, and what that saves."
                        + " Needs neither root nor a network; leaves nothing behind.",
        footer = {
            "",
            "Examples:",
            "  activator demo",
            "  activator demo --no-pause --services 30",
            "  activator demo --json        the measured figures and nothing else",
            "  activator demo --write-units ./hundred && activator measure --units ./hundred"
        })
final class DemoTour implements Callable<Integer> {
    @ParentCommand
    private @Nullable Activator activator;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--services",
            paramLabel = "N",
            defaultValue = "100",
            description = "how many services, " + DemoOptions.FEWEST + " to " + DemoOptions.MOST
                    + "; ${DEFAULT-VALUE} by default")
    private int services;

    @Option(
            names = {"--no-pause", "--fast"},
            description = "do not leave time for reading between the steps")
    private boolean withoutPauses;

    @Option(
            names = "--write-units",
            paramLabel = "DIR",
            description =
                    "write the unit files of the tour into this directory instead, which may be there already, to try other commands on them")
    private @Nullable Path written;

    @Override
    public Integer call() throws Exception {
        Activator root = Objects.requireNonNull(activator);
        return Entries.load(DemoEntry.CLASS, DemoEntry.class).run(options(root), root.terminal());
    }

    private DemoOptions options(Activator root) {
        try {
            return new DemoOptions(
                    services,
                    !withoutPauses && root.terminal().columns() > 0,
                    root.wantsJson(),
                    written == null ? null : written.toAbsolutePath().normalize());
        } catch (IllegalArgumentException outOfRange) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), "Invalid --services: " + outOfRange.getMessage());
        }
    }
}
