package dev.activator.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code activator} itself: the options that all verbs share, and what they need to do their work. */
@Command(
        name = "activator",
        description = "Socket-activation super-server: binds the sockets, starts each service on its first connection.",
        versionProvider = Version.class,
        sortOptions = false,
        synopsisSubcommandLabel = "VERB",
        commandListHeading = "",
        footer = {
            "",
            "Examples:",
            "  activator demo                             a guided tour, needs no root",
            "  activator run --units /etc/systemd/system  run every socket unit found there",
            "  activator verify web.socket web.service    what is wrong with these files?",
            "  activator list-sockets                     what is listening, and for whom",
            "  activator status web.socket                one unit in detail",
            "  activator VERB --help                      help and examples for one verb",
        })
final class Activator implements Callable<Integer> {
    private final Terminal terminal;
    private final Map<String, String> environment;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--runtime",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description =
                    "runtime directory of the super-server, where its control socket is; default: $ACTIVATOR_RUNTIME, else"
                            + " /run/activator for root, $XDG_RUNTIME_DIR/activator or /tmp/activator-UID for others")
    private @Nullable Path runtime;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "print JSON")
    private boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "print this help")
    @SuppressWarnings("UnusedVariable") // the parser acts on it
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "print the version")
    @SuppressWarnings("UnusedVariable") // the parser acts on it
    private boolean version;

    Activator(Terminal terminal, Map<String, String> environment) {
        this.terminal = terminal;
        this.environment = environment;
    }

    @Override
    public Integer call() {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        command.usage(terminal.err());
        return ExitStatus.USAGE;
    }

    Terminal terminal() {
        return terminal;
    }

    PrintStream out() {
        return terminal.out();
    }

    Map<String, String> environment() {
        return environment;
    }

    boolean wantsJson() {
        return json;
    }

    Path runtime() {
        return RuntimeDirectory.choose(runtime, environment);
    }

    ControlClient client() {
        return new ControlClient(RuntimeDirectory.socket(runtime()));
    }

    /** Prints a value as JSON. */
    void printJson(Object value) {
        terminal.out().println(Json.pretty(value));
    }
}
