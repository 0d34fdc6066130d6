package dev.activator.cli;

import dev.activator.control.Verb;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code daemon-reload}: read the unit files again. */
@Command(
        name = "daemon-reload",
        description = "Read all unit files again. Listening sockets stay open and running services are left alone.",
        footer = {"", "Example:", "  activator daemon-reload && activator restart web.socket"})
final class DaemonReload implements Callable<Integer> {
    @ParentCommand
    private @Nullable Activator activator;

    @Override
    public Integer call() {
        return Requests.ask(Objects.requireNonNull(activator), Verb.DAEMON_RELOAD, List.of(), Map.of());
    }
}
