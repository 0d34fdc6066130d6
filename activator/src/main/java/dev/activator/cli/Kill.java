package dev.activator.cli;

import dev.activator.config.Signal;
import dev.activator.control.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code kill}: a signal for the processes of units. */
@Command(
        name = "kill",
        description = "Send a signal to the processes of units.",
        footer = {
            "",
            "Examples:",
            "  activator kill -s HUP web",
            "  activator kill --kill-whom=main -s KILL web.service"
        })
final class Kill implements Callable<Integer> {
    @ParentCommand
    private @Nullable Activator activator;

    @Option(
            names = {"-s", "--signal"},
            paramLabel = "SIGNAL",
            defaultValue = "SIGTERM",
            description = "name or number of the signal; ${DEFAULT-VALUE} by default")
    private String signal = "SIGTERM";

    @Option(
            names = "--kill-whom",
            paramLabel = "WHOM",
            defaultValue = "all",
            description = "main or all processes; ${DEFAULT-VALUE} by default")
    private String whom = "all";

    @Parameters(
            paramLabel = "UNIT",
            arity = "1..*",
            description = "unit names; NAME means NAME.service, and * ? [] match as in the shell")
    private List<String> units = new ArrayList<>();

    @Override
    public Integer call() {
        if (!whom.equals("main") && !whom.equals("all")) {
            throw new Failure(ExitStatus.USAGE, "--kill-whom= must be 'main' or 'all', not '" + whom + "'");
        }
        if (Signal.parse(signal) == null) {
            throw new Failure(ExitStatus.USAGE, "--signal '" + signal + "' is no signal; try SIGTERM, HUP or 9.");
        }
        return Requests.ask(
                Objects.requireNonNull(activator), Verb.KILL, units, Map.of("signal", signal, "whom", whom));
    }
}
