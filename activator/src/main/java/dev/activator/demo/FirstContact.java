package dev.activator.demo;

import dev.activator.cli.Table;
import dev.activator.cli.TimeText;
import dev.activator.control.UnitStatus;
import dev.activator.control.WakePhase;
import dev.activator.control.WakeReport;
import java.io.IOException;
import java.util.List;

/**
 * The first connection to a sleeping JVM and the next one to the same, running process.
 *
 * @param phases what the super-server did before the service was its own master, in order
 */
record FirstContact(Visit cold, List<WakePhase> phases, Visit warm) {
    static FirstContact make(Stage stage) throws IOException, InterruptedException {
        Screen screen = stage.screen();
        DemoService web = stage.first(ServiceKind.WEB);
        screen.step("The first connection starts the service");
        screen.say(
                "A client connects. The kernel takes the connection at once; Activator sees the listener become readable, starts"
                        + " the service, a JVM, and hands it the listening socket. The request waits in the socket meanwhile.");
        // Open until the second has been answered: the service is not idle before both are closed.
        try (Visitor first = Visitor.connect(web)) {
            Visit cold = screen.show(first);
            WakeReport wake = wake(stage, web);
            screen.table(latency(cold, wake));
            screen.say(
                    "Activator's part is " + TimeText.measured(wake.totalMicros())
                            + ": 'decision' ends when the start is decided on,"
                            + " 'spawn' when the process exists, 'start' when its program runs, 'ready' when the service counts as up.");
            stage.commands().show("status", web.serviceUnit());
            screen.pause();
            return new FirstContact(cold, wake.phases(), warm(stage, web, cold));
        }
    }

    private static Visit warm(Stage stage, DemoService web, Visit cold) throws IOException, InterruptedException {
        Screen screen = stage.screen();
        screen.step("The second connection finds it running");
        screen.say(
                "The service accepts from its own socket. Activator is not in the way: it neither sees nor copies a byte.");
        try (Visitor second = Visitor.connect(web)) {
            Visit warm = screen.show(second);
            screen.say("Answered in " + TimeText.measured(warm.answerMicros()) + ", after "
                    + TimeText.measured(cold.answerMicros()) + " for the first.");
            screen.pause();
            return warm;
        }
    }

    private static WakeReport wake(Stage stage, DemoService web) throws IOException {
        WakeReport wake =
                stage.client().unit(web.serviceUnit()).map(UnitStatus::lastWake).orElse(null);
        if (wake == null) {
            throw new IOException("the super-server does not know of " + web.serviceUnit() + "'s start");
        }
        return wake;
    }

    /** Where the time of the first answer went; what is not Activator's is the JVM's start and its answer. */
    static Table latency(Visit cold, WakeReport wake) {
        Table table = new Table("WHO", "WHAT", "TOOK");
        for (WakePhase phase : wake.phases()) {
            table.row("Activator", phase.name(), TimeText.measured(phase.micros()));
        }
        long rest = Math.max(0, cold.answerMicros() - wake.totalMicros());
        table.row("the service", "JVM start, accept, answer", TimeText.measured(rest));
        table.row("", "from connect to answer", TimeText.measured(cold.answerMicros()));
        return table;
    }
}
