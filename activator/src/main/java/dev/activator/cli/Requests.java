package dev.activator.cli;

import dev.activator.control.Outcome;
import dev.activator.control.UnitOutcome;
import dev.activator.control.Verb;
import java.util.List;
import java.util.Map;

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
}
