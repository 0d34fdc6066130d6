package dev.activator.cli;

import dev.activator.control.Outcome;
import dev.activator.control.UnitOutcome;
import dev.activator.control.UnitStatus;
import dev.activator.control.Verb;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Has something done and tells how it went, in systemctl's words. */
final class Requests {
    private Requests() {}

    /** @param words unit names and patterns as typed; empty for a verb that takes none */
    static int ask(Activator root, Verb verb, List<String> words, Map<String, String> options) {
        ControlClient client = root.client();
        List<String> names = Selection.names(client, words);
        if (names.isEmpty() && verb.namesUnits()) {
            // As systemctl: a pattern that matches nothing asks for nothing.
            return ExitStatus.OK;
        }
        Outcome outcome = client.request(verb, names, options);
        if (root.wantsJson()) {
            root.printJson(outcome);
        }
        for (UnitOutcome unit : outcome.units()) {
            report(root.terminal(), client, verb, unit);
            if (verb == Verb.STOP && unit.exitStatus() == UnitOutcome.DONE) {
                warnOfActivation(root.terminal(), client, unit.unit());
            }
        }
        return outcome.exitStatus();
    }

    private static void report(Terminal terminal, ControlClient client, Verb verb, UnitOutcome unit) {
        unit.notes().forEach(terminal.err()::println);
        if (unit.exitStatus() == UnitOutcome.DONE) {
            return;
        }
        String what = unit.unit().isEmpty() ? "" : " " + unit.unit();
        terminal.err().println("Failed to " + verb.word() + what + ": " + unit.message());
        if (unit.exitStatus() == UnitOutcome.NOT_FOUND) {
            Selection.didYouMean(client, unit.unit()).ifPresent(terminal.err()::println);
        } else if (unit.exitStatus() == UnitOutcome.FAILED && !unit.unit().isEmpty()) {
            terminal.err()
                    .println("See 'activator status " + unit.unit() + "' and 'activator logs " + unit.unit() + "'.");
        }
    }

    private static void warnOfActivation(Terminal terminal, ControlClient client, String name) {
        Optional<UnitStatus> unit = client.unit(name);
        List<String> active = unit.map(UnitStatus::triggeredBy).orElse(List.of()).stream()
                .filter(trigger -> client.unit(trigger)
                        .map(socket -> socket.state().active().isActive())
                        .orElse(false))
                .toList();
        if (!active.isEmpty()) {
            terminal.err().println("Warning: Stopping " + name + ", but it can still be activated by:");
            active.forEach(trigger -> terminal.err().println("  " + trigger));
        }
    }
}
