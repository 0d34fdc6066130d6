package dev.activator.demo;

import dev.activator.cli.TimeText;
import dev.activator.control.ServerStatus;
import dev.activator.experiment.Mebibytes;
import dev.activator.experiment.ResidentMemory;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;

/** The steps of the tour, in order. */
final class Tour {
    private final Stage stage;
    private final Screen screen;
    private final long readyMicros;

    /** @param readyMicros from the start of the super-server's process until all sockets were bound */
    Tour(Stage stage, long readyMicros) {
        this.stage = stage;
        this.screen = stage.screen();
        this.readyMicros = readyMicros;
    }

    Figures run() throws IOException, InterruptedException {
        showUnits();
        long bytesAtFirst = showSockets();
        FirstContact firstContact = FirstContact.make(stage);
        long idleStopMicros = FallingAsleep.watch(stage);
        OtherKinds otherKinds = OtherKinds.visit(stage);
        Rush rush = Rush.measure(stage);
        FallingAsleep.awaitAll(stage);
        Figures figures = new Figures(
                stage.fleet().mix(),
                readyMicros,
                bytesAtFirst,
                superServerBytes(),
                firstContact,
                otherKinds,
                idleStopMicros,
                rush);
        showSavings(figures);
        return figures;
    }

    private void showUnits() throws IOException, InterruptedException {
        DemoService web = stage.first(ServiceKind.WEB);
        screen.step("What a service looks like");
        screen.say("Two files a service, in systemd's own syntax; units that you have can be used unchanged.");
        stage.commands().show("cat", web.socketUnit(), web.serviceUnit());
        screen.pause();
    }

    private long showSockets() throws IOException, InterruptedException {
        screen.step(stage.fleet().services().size() + " sockets, one process");
        checkAllBound();
        stage.commands().show(isOfFirst(), "list-sockets");
        stage.commands().show("status");
        long memory = superServerBytes();
        screen.say("All are bound " + TimeText.measured(readyMicros)
                + " after the start, no service runs, and the whole takes " + Mebibytes.of(memory)
                + " of memory: all that is resident, also what it shares with the JVM of this tour.");
        screen.say("The same in a browser, live, for as long as this tour lasts:");
        stage.commands().show("page");
        screen.pause();
        return memory;
    }

    /** Somebody else may have taken a port since it was found free. */
    private void checkAllBound() throws IOException {
        ServerStatus server = stage.client().server();
        if (server.listenersBound() < stage.fleet().services().size()) {
            throw new IOException("only " + server.listenersBound() + " of "
                    + stage.fleet().services().size() + " sockets could be bound");
        }
    }

    private long superServerBytes() throws IOException {
        return ResidentMemory.of(stage.client().server().pid());
    }

    /** All but the sockets of the third and later services of each kind. */
    private Predicate<String> isOfFirst() {
        List<String> names = stage.fleet().services().stream()
                .map(DemoService::socketUnit)
                .filter(name -> name.contains("-01.") || name.contains("-02."))
                .toList();
        return line -> line.isBlank()
                || line.contains("LISTEN")
                || line.startsWith("Pass --all")
                || line.contains("sockets listed")
                || names.stream().anyMatch(line::contains);
    }

    private void showSavings(Figures figures) {
        Savings savings = new Savings(figures);
        screen.step("The same services, always on and asleep");
        screen.table(savings.table());
        screen.say(savings.sentence());
        screen.say(
                "The JVMs here are as small as JVMs get; real services save more. Of what the services share each counts its"
                        + " part (proportional set size); of Activator all is counted (resident set size).");
    }
}
