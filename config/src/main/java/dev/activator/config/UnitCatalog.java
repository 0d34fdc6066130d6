package dev.activator.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All units of one load and what is wrong with them. Immutable; a reload makes a new one. Any thread. */
public final class UnitCatalog {
    private final UnitSources sources;
    /** As {@link UnitAssembly.Outcome#kept}: the unit alone where nothing is wrong with it. */
    private final UnitTable<Object> outcomes;

    private final UnitTable<SocketUnit> sockets;
    private final UnitTable<ServiceUnit> services;
    private final UnitTable<TargetUnit> targets;
    private final Set<UnitName> templates = new TreeSet<>();
    private final Map<UnitName, UnitName> aliases;
    private final List<Problem> problems;
    private final Relations relations;

    UnitCatalog(UnitSources sources, UnitTable<Object> outcomes, Map<UnitName, UnitName> aliases) {
        this.sources = sources;
        this.aliases = new TreeMap<>(aliases);
        this.outcomes = outcomes;
        this.sockets = outcomes.ofType(UnitCatalog::unit, SocketUnit.class);
        this.services = outcomes.ofType(UnitCatalog::unit, ServiceUnit.class);
        this.targets = outcomes.ofType(UnitCatalog::unit, TargetUnit.class);
        Set<Problem> all = new LinkedHashSet<>(sources.directories().problems());
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.value(i) instanceof UnitAssembly.Outcome outcome) {
                all.addAll(outcome.problems());
                if (outcomes.name(i).isTemplate() && outcome.state() == LoadState.LOADED) {
                    templates.add(outcomes.name(i));
                }
            }
        }
        List<Problem> sorted = new ArrayList<>(all);
        sorted.sort(Problem.BY_LOCATION);
        this.problems = Collections.unmodifiableList(sorted);
        this.relations = new Relations(this, units(), sources.directories().lists());
    }

    private static @Nullable Unit unit(Object outcome) {
        return outcome instanceof Unit unit ? unit : ((UnitAssembly.Outcome) outcome).unit();
    }

    /** Every loaded unit. */
    List<Unit> units() {
        List<Unit> loaded = new ArrayList<>(outcomes.size());
        loaded.addAll(sockets.values());
        loaded.addAll(services.values());
        loaded.addAll(targets.values());
        return loaded;
    }

    /** Of a unit's own name; null where no file has it. */
    private @Nullable LoadState ownState(UnitName name) {
        Object outcome = outcomes.get(name);
        return outcome == null ? null : UnitAssembly.Outcome.of(outcome).state();
    }

    UnitSources sources() {
        return sources;
    }

    /** The loaded sockets by name, without aliases and templates, but with the instances that DefaultInstance= or a list names. */
    public Map<UnitName, SocketUnit> sockets() {
        return sockets;
    }

    /** The loaded services by name, without aliases and templates. */
    public Map<UnitName, ServiceUnit> services() {
        return services;
    }

    /** The loaded targets by name. */
    public Map<UnitName, TargetUnit> targets() {
        return targets;
    }

    /** Templates that can be instantiated. */
    public Set<UnitName> templates() {
        return Collections.unmodifiableSet(templates);
    }

    /** Every name that has a file, masked and failed units and templates included, aliases not. */
    public Set<UnitName> names() {
        return Collections.unmodifiableSet(outcomes.keySet());
    }

    /** The service of this name or alias; an instance of a template is made at each call. */
    public Optional<ServiceUnit> service(UnitName name) {
        return find(name).filter(ServiceUnit.class::isInstance).map(ServiceUnit.class::cast);
    }

    /** The socket of this name or alias; an instance of a template is made at each call. */
    public Optional<SocketUnit> socket(UnitName name) {
        return find(name).filter(SocketUnit.class::isInstance).map(SocketUnit.class::cast);
    }

    /** The unit of this name or alias; an instance of a template is made at each call. */
    public Optional<Unit> find(UnitName asked) {
        UnitName name = resolve(asked).orElse(asked);
        Object outcome = outcomes.get(name);
        if (outcome != null) {
            return Optional.ofNullable(unit(outcome));
        }
        boolean isMade = name.isInstance() && templates.contains(name.template());
        return isMade ? Optional.ofNullable(sources.instance(name)) : Optional.empty();
    }

    /** What became of the unit of this name or alias. */
    public LoadState state(UnitName asked) {
        UnitName name = resolve(asked).orElse(asked);
        LoadState state = ownState(name);
        if (state != null) {
            return state;
        }
        LoadState template = name.isInstance() ? ownState(name.template()) : null;
        return template == LoadState.LOADED
                ? sources.assemble(name).state()
                : template == null ? LoadState.NOT_FOUND : template;
    }

    /** The unit that a name stands for: the name itself if a unit has it, the other one if it is an alias; empty if it is unknown. */
    public Optional<UnitName> resolve(UnitName name) {
        UnitName unit = aliases.get(name);
        if (unit != null) {
            return Optional.of(unit);
        }
        if (outcomes.containsKey(name)) {
            return Optional.of(name);
        }
        UnitName template = name.isInstance() ? aliases.get(name.template()) : null;
        if (template != null) {
            return Optional.of(template.withInstance(name.instance()));
        }
        return name.isInstance() && outcomes.containsKey(name.template()) ? Optional.of(name) : Optional.empty();
    }

    /** The other names of a unit. */
    public Set<UnitName> aliases(UnitName unit) {
        Set<UnitName> names = new TreeSet<>();
        aliases.forEach((alias, target) -> {
            if (target.equals(unit)) {
                names.add(alias);
            }
        });
        return names;
    }

    /** The sockets that wake the service, or hand their connections to instances of its template; looks at all sockets. */
    public List<SocketUnit> socketsOf(UnitName service) {
        return sockets.values().stream()
                .filter(socket -> {
                    UnitName target = resolve(socket.service()).orElse(socket.service());
                    return target.equals(service) || (target.isTemplate() && target.equals(service.template()));
                })
                .toList();
    }

    /** How the units stand to each other. */
    public Relations relations() {
        return relations;
    }

    /** The loaded unit of this name or alias, whatever its type; an instance of a template is made at each call. */
    public Optional<Unit> find(String asked) {
        UnitName name = UnitName.parse(asked);
        return name == null ? Optional.empty() : find(name);
    }

    /** Whether the name, no alias, is that of a unit of its own, be it one that failed to load. */
    boolean isListed(UnitName name) {
        return outcomes.containsKey(name);
    }

    /** Everything that is wrong, by file and line. */
    public List<Problem> problems() {
        return problems;
    }

    /** What is wrong with the unit of this name or alias. */
    public List<Problem> problems(UnitName asked) {
        UnitName name = resolve(asked).orElse(asked);
        Object known = outcomes.get(name);
        if (known != null || !name.isInstance()) {
            return known == null ? List.of() : UnitAssembly.Outcome.of(known).problems();
        }
        return templates.contains(name.template()) ? sources.assemble(name).problems() : problems(name.template());
    }

    /** Where the unit's files assign this text to the directive, or would: they are read for it once more, since few are ever asked about. */
    public Location placeOf(UnitName asked, Directive<?> row, String text) {
        return sources.placeOf(resolve(asked).orElse(asked), row, text);
    }

    /**
     * The unit's files as {@code systemctl cat} prints them, each below its path in a comment; for a unit of a YAML or JSON file the unit-file
     * text that means the same. Reads the files as they are now. Empty where there is no such unit.
     */
    public String text(UnitName asked) {
        UnitName name = resolve(asked).orElse(asked);
        // A template is no unit, but it has files, and any instance is made of them.
        return find(templates.contains(name) ? name.withInstance("default") : name)
                .map(UnitText::ofFiles)
                .orElse("");
    }

    /** One line: {@code 2 problems in 1 file; 'web.socket' not loaded, 3 other units unaffected}; empty where there is no problem. */
    public String summary() {
        return summary(Map.of());
    }

    /** The same, and what else was found about units, by their names. */
    public String summary(Map<UnitName, List<Problem>> more) {
        return ProblemSummary.of(this, problems(more), more);
    }

    /** Everything that is wrong, and what else was found, by file and line. */
    public List<Problem> problems(Map<UnitName, List<Problem>> more) {
        List<Problem> all = new ArrayList<>(problems);
        more.values().forEach(all::addAll);
        all.sort(Problem.BY_LOCATION);
        return all;
    }
}
