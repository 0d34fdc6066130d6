package dev.activator.cli;

import dev.activator.control.PageAddress;
import dev.activator.logging.LogTarget;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code run}: the super-server itself. */
@Command(
        name = "run",
        description = {
            "Run a super-server in the foreground: bind the sockets of every socket unit that is not disabled or masked, and start"
                    + " each service on its first connection. SIGTERM stops it and its services, SIGHUP reads the units again and opens a log file anew.",
        },
        footer = {
            "",
            "It says when all listeners are bound: a line on standard output, READY=1 to $NOTIFY_SOCKET, and --ready-fd.",
            "",
            "Examples:",
            "  activator run --units /etc/systemd/system",
            "  activator run --units ./units --runtime /tmp/mine &",
            "  activator --runtime /tmp/mine list-sockets",
        })
final class Run implements Callable<Integer> {
    @ParentCommand
    private @Nullable Activator activator;

    @Option(
            names = "--units",
            required = true,
            arity = "1..*",
            paramLabel = "DIR",
            description =
                    "directories with unit files; the first that has a name wins, and drop-ins of all are applied")
    private List<Path> units = new ArrayList<>();

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description =
                    "what outlives a restart (logs; what was enabled, disabled, masked); default: DIR/state below --runtime if"
                            + " that was given, else for root /var/lib/activator, for others $XDG_STATE_HOME/activator or ~/.local/state/activator"
                            + " (without HOME by the host's list of users, else /tmp/activator-UID/state)")
    private @Nullable Path state;

    @Option(
            names = "--ready-fd",
            paramLabel = "N",
            defaultValue = "-1",
            description = "write a line to this open file descriptor and close it when all listeners are bound")
    private int readyFd;

    @Option(
            names = "--allow-unsupported-hardening",
            description = "start units although a security directive of theirs cannot be applied here")
    private boolean allowUnsupportedHardening;

    @Option(
            names = "--http",
            paramLabel = "ADDRESS",
            description =
                    "serve a page to look at, the control API and metrics on this port of the loopback: 9464, 127.0.0.1:9464 or"
                            + " [::1]:9464; 'activator page' prints the address with its token; off by default")
    private String http = "";

    @Option(
            names = "--log",
            paramLabel = "WHERE",
            defaultValue = "stderr",
            description =
                    "stderr, file:PATH (added to; opened anew on SIGHUP), syslog, or journal (systemd's); ${DEFAULT-VALUE} by default")
    private String log = "stderr";

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            defaultValue = "info",
            description = "error, warn, info, debug or trace; ${DEFAULT-VALUE} by default")
    private LogLevel logLevel = LogLevel.info;

    @Override
    public Integer call() throws Exception {
        Activator root = Objects.requireNonNull(activator);
        return Entries.load(ServerEntry.CLASS, ServerEntry.class).run(options(root));
    }

    RunOptions options(Activator root) {
        Path runtime = root.runtime();
        List<Path> directories = units.stream().map(Path::toAbsolutePath).toList();
        Path chosen = StateDirectory.choose(state, runtime, root.environment());
        return new RunOptions(
                directories,
                runtime,
                chosen,
                readyFd,
                allowUnsupportedHardening,
                page(),
                logTarget(),
                logLevel.level());
    }

    private @Nullable PageAddress page() {
        try {
            return http.isEmpty() ? null : PageAddress.parse(http);
        } catch (IllegalArgumentException wrong) {
            throw new Failure(ExitStatus.USAGE, "--http " + wrong.getMessage() + ".");
        }
    }

    private LogTarget logTarget() {
        try {
            return LogTarget.parse(log);
        } catch (IllegalArgumentException wrong) {
            throw new Failure(ExitStatus.USAGE, "--log " + wrong.getMessage() + ".");
        }
    }
}
