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
    private final Map<UnitName, LoadState> states = new TreeMap<>();
    private final Map<UnitName, List<Problem>> problemsOf = new TreeMap<>();
    private final Map<UnitName, SocketUnit> sockets = new TreeMap<>();
    private final Map<UnitName, ServiceUnit> services = new TreeMap<>();
    private final Map<UnitName, TargetUnit> targets = new TreeMap<>();
    private final Set<UnitName> templates = new TreeSet<>();
    private final Map<UnitName, UnitName> aliases;
    private final List<Problem> problems;
    private final Relations relations;

    UnitCatalog(UnitSources sources, Map<UnitName, UnitAssembly.Outcome> outcomes, Map<UnitName, UnitName> aliases) {
        this.sources = sources;
        this.aliases = new TreeMap<>(aliases);
        Set<Problem> all = new LinkedHashSet<>(sources.directories().problems());
        outcomes.forEach((name, outcome) -> {
            if (outcome.state() != LoadState.NOT_FOUND) {
                states.put(name, outcome.state());
                keep(name, outcome.unit());
            }
            if (!outcome.problems().isEmpty()) {
                problemsOf.put(name, outcome.problems());
                all.addAll(outcome.problems());
            }
        });
        List<Problem> sorted = new ArrayList<>(all);
        sorted.sort(Problem.BY_LOCATION);
        this.problems = Collections.unmodifiableList(sorted);
        this.relations = new Relations(this, units(), sources.directories().lists());
    }

    /** Every loaded unit. */
    List<Unit> units() {
        List<Unit> loaded = new ArrayList<>(sockets.values());
        loaded.addAll(services.values());
        loaded.addAll(targets.values());
        return loaded;
    }

    private void keep(UnitName name, @Nullable Unit unit) {
        if (unit instanceof SocketUnit socket) {
            sockets.put(name, socket);
        } else if (unit instanceof ServiceUnit service) {
            services.put(name, service);
        } else if (unit instanceof TargetUnit target) {
            targets.put(name, target);
        } else if (name.isTemplate() && states.get(name) == LoadState.LOADED) {
            templates.add(name);
        }
    }

    UnitSources sources() {
        return sources;
    }

    /** The loaded sockets by name, without aliases and templates, but with the instances that DefaultInstance= or a list names. */
    public Map<UnitName, SocketUnit> sockets() {
        return Collections.unmodifiableMap(sockets);
    }

    /** The loaded services by name, without aliases and templates. */
    public Map<UnitName, ServiceUnit> services() {
        return Collections.unmodifiableMap(services);
    }

    /** The loaded targets by name. */
    public Map<UnitName, TargetUnit> targets() {
        return Collections.unmodifiableMap(targets);
    }

    /** Templates that can be instantiated. */
    public Set<UnitName> templates() {
        return Collections.unmodifiableSet(templates);
    }

    /** Every name that has a file, masked and failed units and templates included, aliases not. */
    public Set<UnitName> names() {
        return Collections.unmodifiableSet(states.keySet());
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
        if (states.containsKey(name)) {
            Unit loaded = sockets.get(name);
            loaded = loaded == null ? services.get(name) : loaded;
            return Optional.ofNullable(loaded == null ? targets.get(name) : loaded);
        }
        boolean isMade = name.isInstance() && templates.contains(name.template());
        return isMade ? Optional.ofNullable(sources.instance(name)) : Optional.empty();
    }

    /** What became of the unit of this name or alias. */
    public LoadState state(UnitName asked) {
        UnitName name = resolve(asked).orElse(asked);
        LoadState state = states.get(name);
        if (state != null) {
            return state;
        }
        LoadState template = name.isInstance() ? states.get(name.template()) : null;
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
        if (states.containsKey(name)) {
            return Optional.of(name);
        }
        UnitName template = name.isInstance() ? aliases.get(name.template()) : null;
        if (template != null) {
            return Optional.of(template.withInstance(name.instance()));
        }
        return name.isInstance() && states.containsKey(name.template()) ? Optional.of(name) : Optional.empty();
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
        return states.containsKey(name);
    }

    /** Everything that is wrong, by file and line. */
    public List<Problem> problems() {
        return problems;
    }

    /** What is wrong with the unit of this name or alias. */
    public List<Problem> problems(UnitName asked) {
        UnitName name = resolve(asked).orElse(asked);
        List<Problem> known = problemsOf.get(name);
        if (known != null || states.containsKey(name) || !name.isInstance()) {
            return known == null ? List.of() : known;
        }
        return templates.contains(name.template()) ? sources.assemble(name).problems() : problems(name.template());
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
        return ProblemSummary.of(this);
    }
}
