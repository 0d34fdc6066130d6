package dev.activator.cli;

import dev.activator.control.UnitState;
import dev.activator.control.UnitStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code status}: units in detail, or the super-server as a whole. */
@Command(
        name = "status",
        description = {
            "Show units in detail, with the last lines of their logs; without a unit, the super-server as a whole.",
            "Ends with 0 if all are active, 3 if one is not, 4 if there is no such unit."
        },
        footer = {
            "",
            "Examples:",
            "  activator status",
            "  activator status web.socket web",
            "  activator status -n 50 'web*'"
        })
final class Status implements Callable<Integer> {
    @ParentCommand
    private @Nullable Activator activator;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = "10",
            description = "how many lines of the log to show; ${DEFAULT-VALUE} by default")
    private int lines;

    @Parameters(
            paramLabel = "UNIT",
            description = "unit names; NAME means NAME.service, and * ? [] match as in the shell")
    private List<String> units = new ArrayList<>();

    @Override
    public Integer call() {
        Activator root = Objects.requireNonNull(activator);
        Logs.checkLines(lines);
        ControlClient client = root.client();
        if (units.isEmpty()) {
            return overview(root, client);
        }
        List<String> names = Selection.names(client, units);
        if (root.wantsJson()) {
            root.printJson(names.stream()
                    .map(client::unitJson)
                    .flatMap(Optional::stream)
                    .toList());
        }
        int worst = names.isEmpty() ? ExitStatus.UNKNOWN : ExitStatus.OK;
        boolean isFirst = true;
        for (String name : names) {
            Optional<UnitStatus> found = client.unit(name);
            if (found.isEmpty()) {
                reportMissing(root, client, name);
            } else if (!root.wantsJson()) {
                print(root.terminal(), client, found.get(), isFirst);
                isFirst = false;
            }
            worst = Math.max(worst, found.map(Status::exitStatus).orElse(ExitStatus.UNKNOWN));
        }
        return worst;
    }

    private static int overview(Activator root, ControlClient client) {
        if (root.wantsJson()) {
            root.printJson(client.serverJson());
        } else {
            new ServerPage(root.terminal(), client.server(), client.units()).print();
        }
        return ExitStatus.OK;
    }

    private static int exitStatus(UnitStatus unit) {
        return unit.state().active().isActive() ? ExitStatus.OK : ExitStatus.NOT_ACTIVE;
    }

    private static void reportMissing(Activator root, ControlClient client, String name) {
        String near =
                Selection.didYouMean(client, name).map(hint -> "; " + hint).orElse("");
        root.terminal().err().println("Unit " + name + " could not be found" + (near.isEmpty() ? "." : near));
    }

    private void print(Terminal terminal, ControlClient client, UnitStatus unit, boolean isFirst) {
        if (!isFirst) {
            terminal.out().println();
        }
        Map<String, UnitState> related = new HashMap<>();
        Stream.concat(unit.triggers().stream(), unit.triggeredBy().stream())
                .forEach(name -> client.unit(name).ifPresent(other -> related.put(name, other.state())));
        new StatusPage(terminal, unit, related).print();
        String log = lines == 0 ? "" : client.log(unit.id(), lines).orElse("");
        if (!log.isEmpty()) {
            terminal.out().println();
            terminal.out().print(Printable.lines(log.endsWith("\n") ? log : log + "\n"));
        }
    }
}
