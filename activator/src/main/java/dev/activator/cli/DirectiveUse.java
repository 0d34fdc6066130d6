package dev.activator.cli;

import dev.activator.config.Directive;
import dev.activator.config.Problem;
import dev.activator.config.Support;
import dev.activator.config.Unit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Sorts the directives that a unit sets by what becomes of them here. */
final class DirectiveUse {

    /** What becomes of a directive. */
    enum Fate {
        APPLIED("applied"),
        APPROXIMATED("approximated"),
        UNSUPPORTED("unsupported"),
        REFUSED("refused");

        private final String word;

        Fate(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    private DirectiveUse() {}

    /** The directives by fate, each list by name; a fate that no directive has is missing. */
    static Map<Fate, List<Directive<?>>> of(Unit unit, List<Problem> problems) {
        Map<Fate, List<Directive<?>>> fates = new EnumMap<>(Fate.class);
        for (Directive<?> directive : unit.settings().directives()) {
            Fate fate = isMentioned(directive, problems) ? fate(directive.support()) : Fate.APPLIED;
            fates.computeIfAbsent(fate, none -> new ArrayList<>()).add(directive);
        }
        fates.values().forEach(list -> list.sort(Comparator.comparing((Directive<?> each) -> each.name())));
        return fates;
    }

    static Fate fate(Support support) {
        if (support instanceof Support.Approximated) {
            return Fate.APPROXIMATED;
        }
        if (support instanceof Support.Unsupported) {
            return Fate.UNSUPPORTED;
        }
        return support instanceof Support.Refused ? Fate.REFUSED : Fate.APPLIED;
    }

    /** A value that asks for nothing beyond what happens anyway (PrivateTmp=no) leaves no problem, and is as good as applied. */
    private static boolean isMentioned(Directive<?> directive, List<Problem> problems) {
        return problems.stream().anyMatch(problem -> problem.message().contains(directive.name() + "="));
    }
}
