package dev.activator.cli;

import dev.activator.control.IdleStatus;
import dev.activator.control.PastRun;
import dev.activator.control.UnitGlob;
import dev.activator.control.UnitStatus;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code why}: why a service runs, or why it does not. */
@Command(
        name = "why",
        description = "Say why a service runs or sleeps: who woke it, what keeps it awake, what put it to sleep.",
        footer = {"", "Example:", "  activator why web"})
final class Why implements Callable<Integer> {
    @ParentCommand
    private @Nullable Activator activator;

    @Parameters(paramLabel = "UNIT", description = "unit name; NAME means NAME.service, and a socket means its service")
    private String unit = "";

    @Override
    public Integer call() {
        Activator root = Objects.requireNonNull(activator);
        ControlClient client = root.client();
        UnitStatus named = named(client, UnitGlob.complete(unit));
        UnitStatus status = named.type().equals("socket") && !named.triggers().isEmpty()
                ? client.unit(named.triggers().get(0)).orElse(named)
                : named;
        List<PastRun> runs = Selection.runs(client, status.id(), 1);
        Optional<PastRun> last = runs.stream().findFirst();
        if (root.wantsJson()) {
            root.printJson(Map.of("unit", status.id(), "state", status.state().sub(), "runs", runs));
        } else {
            tellTrouble(root.terminal(), named);
            if (!named.id().equals(status.id())) {
                tellTrouble(root.terminal(), status);
            }
            tell(root.terminal(), status, last.orElse(null));
        }
        return ExitStatus.OK;
    }

    private static UnitStatus named(ControlClient client, String name) {
        return client.unit(name).orElseThrow(() -> {
            String near =
                    Selection.didYouMean(client, name).map(hint -> "; " + hint).orElse(".");
            return new Failure(ExitStatus.UNKNOWN, "Unit " + name + " could not be found" + near);
        });
    }

    private static void tellTrouble(Terminal terminal, UnitStatus unit) {
        if (UnitMark.needsAttention(unit) && unit.state().reason() != null) {
            terminal.out()
                    .println("In trouble: " + unit.id() + ", " + unit.state().reason() + ".");
        }
    }

    private static void tell(Terminal terminal, UnitStatus status, @Nullable PastRun last) {
        terminal.out()
                .println(status.id() + " is " + status.state().active().word() + " ("
                        + status.state().sub() + ").");
        if (last == null) {
            terminal.out().println("It has never been woken, as far as there are records.");
            return;
        }
        terminal.out()
                .println("Woken " + TimeText.since(last.wake().at(), terminal) + ", by "
                        + last.wake().cause()
                        + "; " + (last.end().equals("failed") ? "got so far in " : "ready after ")
                        + TimeText.measured(last.wake().totalMicros()) + " (" + Activations.phases(last) + ")"
                        + (last.waited() > 1 ? ", " + last.waited() + " clients waited" : "") + ".");
        if (last.endedAt() != null) {
            terminal.out()
                    .println(word(last.end()) + " " + TimeText.since(last.endedAt(), terminal) + ": " + last.why()
                            + ".");
        }
        tellWhatKeepsIt(terminal, status);
    }

    private static void tellWhatKeepsIt(Terminal terminal, UnitStatus status) {
        if (status.state().order() != null) {
            terminal.out()
                    .println("An order holds: " + status.state().order().word() + ", by "
                            + status.state().order().by() + ".");
        }
        IdleStatus idle = status.service() == null ? null : status.service().idle();
        if (idle != null && idle.usedBy() != null) {
            terminal.out().println("Kept awake by " + idle.usedBy() + ".");
        } else if (idle != null && idle.sleepsAt() != null) {
            terminal.out().println("Sleeps " + TimeText.since(idle.sleepsAt(), terminal) + " if nobody comes.");
        } else if (idle == null
                && status.state().active().isActive()
                && status.state().sub().equals("running")) {
            terminal.out().println("It never sleeps by itself: it has no IdleTimeoutSec=.");
        }
    }

    private static String word(String end) {
        return switch (end) {
            case "frozen" -> "Frozen";
            case "exited" -> "Ended by itself";
            case "failed" -> "Failed";
            default -> "Stopped";
        };
    }
}
