package dev.activator.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A catalog in the making. */
final class CatalogBuilder {
    private final UnitSources sources;
    /** As {@link UnitAssembly.Outcome#kept}. */
    private final Map<UnitName, Object> outcomes;

    private final Map<UnitName, UnitName> aliases = new TreeMap<>();

    CatalogBuilder(UnitSources sources) {
        this.sources = sources;
        this.outcomes = new HashMap<>(2 * sources.directories().entries().size());
    }

    boolean has(UnitName name) {
        return outcomes.containsKey(name);
    }

    void add(UnitName name, Object outcome) {
        outcomes.put(name, outcome);
    }

    void alias(UnitName alias, UnitName unit) {
        aliases.put(alias, unit);
    }

    UnitAssembly.Outcome outcome(UnitName name) {
        Object outcome = outcomes.get(name);
        return outcome == null ? sources.assemble(name) : UnitAssembly.Outcome.of(outcome);
    }

    /** Where a setting of the unit stands, or would. */
    UnitAssembly assembly(UnitName name) {
        return sources.assembly(name);
    }

    LoadState state(UnitName name) {
        Object outcome = outcomes.get(name);
        return outcome instanceof Unit ? LoadState.LOADED : outcome(name).state();
    }

    /** The sockets that are loaded so far, in the order of their names. */
    List<SocketUnit> sockets() {
        List<SocketUnit> sockets = new ArrayList<>(outcomes.size() / 2);
        for (Object outcome : outcomes.values()) {
            Unit unit = outcome instanceof Unit clean ? clean : ((UnitAssembly.Outcome) outcome).unit();
            if (unit instanceof SocketUnit socket) {
                sockets.add(socket);
            }
        }
        sockets.sort((one, other) -> one.name().compareTo(other.name()));
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
        add(name, new Problem(at, Problem.Severity.ERROR, message));
    }

    void warn(UnitName name, Location at, String message) {
        add(name, new Problem(at, Problem.Severity.WARNING, message));
    }

    private void add(UnitName name, Problem problem) {
        outcomes.put(name, outcome(name).with(problem).kept());
    }

    UnitCatalog build() {
        Map<UnitName, Object> known = new HashMap<>(outcomes);
        known.values().removeIf(CatalogBuilder::isNotFound);
        return new UnitCatalog(sources, UnitTable.of(known), aliases);
    }

    private static boolean isNotFound(Object outcome) {
        return outcome instanceof UnitAssembly.Outcome other && other.state() == LoadState.NOT_FOUND;
    }
}
