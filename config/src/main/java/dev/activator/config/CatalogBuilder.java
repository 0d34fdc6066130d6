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
        outcomes.put(name, outcome(name).with(new Problem(at, Problem.Severity.ERROR, message)));
    }

    void warn(UnitName name, Location at, String message) {
        outcomes.put(name, outcome(name).with(new Problem(at, Problem.Severity.WARNING, message)));
    }

    UnitCatalog build() {
        return new UnitCatalog(sources, outcomes, aliases);
    }
}
