package dev.activator.demo;

import dev.activator.cli.DemoEntry;
import dev.activator.cli.DemoOptions;
import dev.activator.cli.ExitStatus;
import dev.activator.cli.Failure;
import dev.activator.cli.Json;
import dev.activator.cli.Terminal;
import dev.activator.cli.TimeText;
import dev.activator.experiment.Interruption;
import dev.activator.experiment.Launcher;
import dev.activator.experiment.Progress;
import dev.activator.experiment.SuperServer;
import dev.activator.experiment.Workspace;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** {@code activator demo} from its begin to its end. */
public final class Demo implements DemoEntry {
    private static final long NANOS_PER_MICRO = 1000;

    @Override
    public int run(DemoOptions options, Terminal terminal) throws IOException, InterruptedException {
        Path written = options.written();
        if (written != null) {
            write(options.services(), written, terminal);
            return ExitStatus.OK;
        }
        return Interruption.guard(terminal, "Interrupted; everything that was started is stopped.", () -> {
            Figures figures = tour(options, terminal);
            if (options.json()) {
                terminal.out().println(Json.pretty(figures.json()));
            }
            return ExitStatus.OK;
        });
    }

    private static void write(int services, Path directory, Terminal terminal) throws IOException {
        Path sockets = Files.createDirectories(directory.resolve("sockets"));
        Fleet fleet = Fleet.choose(services, sockets, System.getenv());
        fleet.write(directory);
        terminal.out().println("Written to " + directory + ": " + describe(fleet.mix()) + ".");
    }

    private static Figures tour(DemoOptions options, Terminal terminal) throws IOException, InterruptedException {
        Screen screen = new Screen(options.json() ? silent(terminal) : terminal, options.pauses());
        Path launcher = Launcher.find();
        try (Workspace workspace = Workspace.create("demo")) {
            Fleet fleet = Fleet.choose(options.services(), workspace.sockets(), System.getenv());
            fleet.write(workspace.units());
            // After the ports of the services, and like those below what the kernel gives to clients.
            List<String> page = List.of("--http", Integer.toString(fleet.pagePort()));
            welcome(screen, fleet, launcher, workspace, page);
            long begin = System.nanoTime();
            Figures figures;
            try (SuperServer server = SuperServer.start(launcher, workspace, page)) {
                Progress progress = screen.progress("Starting the super-server");
                server.awaitReady();
                long micros = (System.nanoTime() - begin) / NANOS_PER_MICRO;
                progress.end("ready after " + TimeText.measured(micros));
                Stage stage = new Stage(screen, new TypedCommands(launcher, workspace, screen), fleet, server.client());
                figures = tour(stage, server, micros);
            }
            farewell(screen);
            return figures;
        }
    }

    private static Figures tour(Stage stage, SuperServer server, long readyMicros) throws InterruptedException {
        try {
            return new Tour(stage, readyMicros).run();
        } catch (IOException | Failure failure) {
            throw server.failure(stage.screen().where() + ": " + failure.getMessage());
        }
    }

    private static void welcome(Screen screen, Fleet fleet, Path launcher, Workspace workspace, List<String> page) {
        ServiceMix mix = fleet.mix();
        screen.say(
                "Activator holds the sockets of services that do not run, starts each one on its first connection and stops it when"
                        + " nobody is connected any more.");
        screen.say("This tour declares " + mix.total() + " services in " + workspace.root() + ": " + describe(mix)
                + ". It needs no root and no network, and deletes everything at its end.");
        if (fleet.perl().isEmpty()) {
            screen.say("There is no perl in PATH, of which the native daemons are made; JVMs take their place.");
        }
        screen.say("Every command below is really run; 'activator' is " + launcher
                + ", and ACTIVATOR_RUNTIME tells it which super-server is meant:");
        screen.command(List.of("export", "ACTIVATOR_RUNTIME=" + workspace.runtime()));
        screen.command(SuperServer.command(workspace, page));
    }

    /** {@code 60 x JVM HTTP service, 20 x …}. */
    private static String describe(ServiceMix mix) {
        return Arrays.stream(ServiceKind.values())
                .filter(kind -> mix.count(kind) > 0)
                .map(kind -> mix.count(kind) + " x " + kind.label())
                .collect(Collectors.joining(", "));
    }

    private static void farewell(Screen screen) {
        screen.step("What to try next");
        screen.command(List.of("activator", "run", "--units", "/etc/systemd/system", "--runtime", "/tmp/mine"));
        screen.command(List.of("activator", "--runtime", "/tmp/mine", "list-sockets", "--stats"));
        screen.command(List.of("activator", "--help"));
        screen.say(
                "docs/quickstart.md goes on from here. The super-server of this tour, its services and its files are gone.");
    }

    private static Terminal silent(Terminal terminal) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        return new Terminal(nowhere, terminal.err(), 0, false, terminal.clock(), terminal.zone());
    }
}
