package dev.activator.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A catalog in the making. */
final class CatalogBuilder {
    private final UnitSources sources;
    private final Map<UnitName, UnitAssembly.Outcome> outcomes = new TreeMap<>();
    private final Map<UnitName, UnitName> aliases = new TreeMap<>();

    CatalogBuilder(UnitSources sources) {
        this.sources = sources;
    }

    boolean has(UnitName name) {
        return outcomes.containsKey(name);
    }

    void add(UnitName name, UnitAssembly.Outcome outcome) {
        outcomes.put(name, outcome);
    }

    void alias(UnitName alias, UnitName unit) {
        aliases.put(alias, unit);
    }

    UnitAssembly.Outcome outcome(UnitName name) {
        UnitAssembly.Outcome outcome = outcomes.get(name);
        return outcome == null ? sources.assemble(name) : outcome;
    }

    LoadState state(UnitName name) {
        return outcome(name).state();
    }

    /** The sockets that are loaded so far. */
    List<SocketUnit> sockets() {
        List<SocketUnit> sockets = new ArrayList<>();
        for (UnitAssembly.Outcome outcome : outcomes.values()) {
            if (outcome.unit() instanceof SocketUnit socket) {
                sockets.add(socket);
            }
        }
        return sockets;
    }

    /** The instance that stands for a template by its DefaultInstance=. */
    Optional<UnitName> defaultInstance(UnitName template) {
        // Any instance shows what [Install] says; the name is the template's own, which no specifier can tell from
        // another.
        Unit sample = sources.assemble(template.withInstance("default")).unit();
        return sample == null
                ? Optional.empty()
                : sample.get(InstallDirectives.DEFAULT_INSTANCE).map(template::withInstance);
    }

    void refuse(UnitName name, Location at, String message) {
        UnitAssembly.Outcome outcome = outcome(name);
        List<Problem> problems = with(outcome, new Problem(at, Problem.Severity.ERROR, message));
        outcomes.put(
                name,
                new UnitAssembly.Outcome(
                        null, LoadState.BAD_SETTING, problems, outcome.serviceAt(), outcome.listenAt()));
    }

    void warn(UnitName name, Location at, String message) {
        UnitAssembly.Outcome outcome = outcome(name);
        List<Problem> problems = with(outcome, new Problem(at, Problem.Severity.WARNING, message));
        outcomes.put(
                name,
                new UnitAssembly.Outcome(
                        outcome.unit(), outcome.state(), problems, outcome.serviceAt(), outcome.listenAt()));
    }

    private static List<Problem> with(UnitAssembly.Outcome outcome, Problem problem) {
        List<Problem> problems = new ArrayList<>(outcome.problems());
        problems.add(problem);
        problems.sort(Problem.BY_LOCATION);
        return problems;
    }

    UnitCatalog build() {
        return new UnitCatalog(sources, outcomes, aliases);
    }
}
