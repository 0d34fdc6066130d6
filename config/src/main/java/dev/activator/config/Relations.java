package dev.activator.config;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How the units of one catalog stand to each other: what their [Unit] sections say, what {@code .wants}, {@code .requires} and
 * {@code .upholds} directories list, what [Install] of sockets asks for, and what follows by itself; each seen from both sides. Names are
 * the units' own, not aliases. Immutable, any thread. systemd.unit(5).
 *
 * <p>Only what others say of a unit is kept; what it says itself is read from its settings when it is asked for, so that a unit which
 * names no other one costs nothing.
 */
public final class Relations {
    /** What every socket belongs to that does not say otherwise. */
    public static final String SOCKETS_TARGET = "sockets.target";

    private static final Set<Directive<List<String>>> ROWS =
            DependencyDirectives.kinds().keySet();

    /** Those with which a unit says something of others. */
    private static final Set<Directive<?>> TELLING = telling();

    private final UnitCatalog catalog;
    private final Map<String, Map<Dependency, Set<String>>> said = new HashMap<>();
    private final Set<String> listed = new HashSet<>();

    Relations(UnitCatalog catalog, Collection<? extends Unit> units, List<UnitDirectories.Listed> lists) {
        this.catalog = catalog;
        for (Unit unit : units) {
            if (unit.settings().isAnySet(TELLING)) {
                String name = unit.name().toString();
                says(unit, (kind, other) -> put(said, other, kind.inverse(), name));
            }
        }
        for (UnitDirectories.Listed each : lists) {
            String by = own(each.by());
            String other = own(each.listed());
            listed.add(other);
            put(said, by, each.kind(), other);
            put(said, other, each.kind().inverse(), by);
        }
    }

    private static Set<Directive<?>> telling() {
        Set<Directive<?>> rows = new HashSet<>(ROWS);
        rows.add(InstallDirectives.WANTED_BY);
        rows.add(InstallDirectives.REQUIRED_BY);
        rows.add(InstallDirectives.UPHELD_BY);
        rows.add(ServiceDirectives.SOCKETS);
        return rows;
    }

    private interface Sink {
        void add(Dependency kind, String other);
    }

    /** All that a unit itself says. */
    private void says(Unit unit, Sink sink) {
        UnitName name = unit.name();
        if (unit.settings().isAnySet(ROWS)) {
            DependencyDirectives.kinds().forEach((row, kind) -> tell(unit.get(row), kind, name, sink));
        }
        if (unit instanceof SocketUnit socket) {
            install(socket, InstallDirectives.WANTED_BY, Dependency.WANTED_BY, sink);
            install(socket, InstallDirectives.REQUIRED_BY, Dependency.REQUIRED_BY, sink);
            install(socket, InstallDirectives.UPHELD_BY, Dependency.UPHELD_BY, sink);
        } else if (unit instanceof ServiceUnit service && service.isSet(ServiceDirectives.SOCKETS)) {
            List<String> sockets = service.get(ServiceDirectives.SOCKETS).stream()
                    .map(UnitName::toString)
                    .toList();
            tell(sockets, Dependency.WANTS, name, sink);
            tell(sockets, Dependency.AFTER, name, sink);
        }
    }

    /** A socket counts as enabled unless it was disabled. That all belong to one target need not be kept with each. */
    private void install(SocketUnit socket, Directive<List<String>> row, Dependency kind, Sink sink) {
        if (socket.isSet(row)) {
            List<String> others = socket.get(row).stream()
                    .filter(other -> !other.equals(SOCKETS_TARGET))
                    .toList();
            tell(others, kind, socket.name(), sink);
        }
    }

    private void tell(List<String> others, Dependency kind, UnitName by, Sink sink) {
        for (String other : others) {
            String name = own(instantiate(other, by));
            if (!name.equals(by.toString())) {
                sink.add(kind, name);
            }
        }
    }

    /** What a template's name stands for in a unit: the instance of the same name. */
    private static String instantiate(String other, UnitName by) {
        UnitName name = other.contains("@.") ? UnitName.parse(other) : null;
        return name == null || !name.isTemplate()
                ? other
                : name.withInstance(by.isInstance() ? by.instance() : by.prefix())
                        .toString();
    }

    private String own(String name) {
        UnitName parsed = UnitName.parse(name);
        return parsed == null ? name : catalog.resolve(parsed).orElse(parsed).toString();
    }

    private static void put(
            Map<String, Map<Dependency, Set<String>>> edges, String unit, Dependency kind, String other) {
        edges.computeIfAbsent(unit, key -> new EnumMap<>(Dependency.class))
                .computeIfAbsent(kind, key -> new TreeSet<>())
                .add(other);
    }

    /** Everything that is known of the unit, by its own name. */
    public Map<Dependency, Set<String>> of(String unit) {
        Map<Dependency, Set<String>> all = new EnumMap<>(Dependency.class);
        Sink sink = (kind, other) ->
                all.computeIfAbsent(kind, key -> new TreeSet<>()).add(other);
        said.getOrDefault(unit, Map.of()).forEach((kind, others) -> others.forEach(other -> sink.add(kind, other)));
        Unit declared = catalog.find(unit).orElse(null);
        if (declared != null) {
            says(declared, sink);
        }
        if (unit.equals(SOCKETS_TARGET)) {
            catalog.sockets().values().stream()
                    .filter(this::belongsToSockets)
                    .forEach(socket -> sink.add(Dependency.WANTS, socket.name().toString()));
        } else if (declared instanceof SocketUnit socket && belongsToSockets(socket)) {
            sink.add(Dependency.WANTED_BY, SOCKETS_TARGET);
        }
        orderTargets(unit, declared, all, sink);
        return all;
    }

    /**
     * Whether a socket is opened with the super-server: it is unless its [Install] section names other units only, or it needs a
     * service, with which it is opened then.
     */
    public boolean belongsToSockets(SocketUnit socket) {
        List<String> wanting = socket.get(InstallDirectives.WANTED_BY);
        boolean isElsewhere = !wanting.isEmpty() && wanting.stream().noneMatch(name -> name.endsWith(".target"));
        return !isElsewhere && !needsService(socket);
    }

    private boolean needsService(SocketUnit socket) {
        if (!socket.settings().isAnySet(ROWS)) {
            return false;
        }
        return neededBy(socket).stream()
                .anyMatch(name -> name.endsWith("." + UnitType.SERVICE.suffix()) && !SystemdUnits.isOne(name));
    }

    private static Set<String> neededBy(SocketUnit socket) {
        Set<String> needed = new TreeSet<>(socket.get(DependencyDirectives.of(Dependency.REQUIRES)));
        needed.addAll(socket.get(DependencyDirectives.of(Dependency.BINDS_TO)));
        return needed;
    }

    /** A target starts after what it consists of, unless one of the two says otherwise. */
    private void orderTargets(String unit, @Nullable Unit declared, Map<Dependency, Set<String>> all, Sink sink) {
        if (declared != null && !declared.get(UnitDirectives.DEFAULT_DEPENDENCIES)) {
            return;
        }
        boolean isTarget = isTarget(unit);
        for (Dependency kind : List.of(Dependency.REQUIRES, Dependency.WANTS, Dependency.BINDS_TO)) {
            if (isTarget) {
                order(Dependency.AFTER, all.getOrDefault(kind, Set.of()), all, sink);
            }
            Set<String> targets = all.getOrDefault(kind.inverse(), Set.of()).stream()
                    .filter(Relations::isTarget)
                    .collect(Collectors.toSet());
            order(Dependency.BEFORE, targets, all, sink);
        }
    }

    private static boolean isTarget(String unit) {
        return unit.endsWith("." + UnitType.TARGET.suffix());
    }

    private void order(Dependency kind, Set<String> others, Map<Dependency, Set<String>> all, Sink sink) {
        Set<String> opposite = all.getOrDefault(kind.inverse(), Set.of());
        for (String other : Set.copyOf(others)) {
            boolean hasDefaults = catalog.find(other)
                    .map(unit -> unit.get(UnitDirectives.DEFAULT_DEPENDENCIES))
                    .orElse(true);
            if (!opposite.contains(other) && hasDefaults) {
                sink.add(kind, other);
            }
        }
    }

    /** The units to which this one stands so, by their own names, sorted. */
    public Set<String> of(String unit, Dependency kind) {
        return of(unit).getOrDefault(kind, Set.of());
    }

    /** Whether its start is its own business: it takes no other unit along, stops none, and needs none. */
    public boolean startsAlone(Unit unit) {
        return isAlone(unit) || of(unit.name().toString()).keySet().stream().noneMatch(Relations::concernsStart);
    }

    private static boolean concernsStart(Dependency kind) {
        return kind.isPull() || kind.isNeed() || kind == Dependency.CONFLICTS || kind == Dependency.CONFLICTED_BY;
    }

    /** Whether a {@code .wants}, {@code .requires} or {@code .upholds} directory lists it: it is enabled. */
    public boolean isListed(String unit) {
        return listed.contains(unit);
    }

    /** Whether no other unit is concerned by what becomes of this one, nor it by what becomes of others; as good as free. */
    public boolean isAlone(Unit unit) {
        return !unit.isSet(ServiceDirectives.SOCKETS)
                && !unit.settings().isAnySet(ROWS)
                && (said.isEmpty() || !said.containsKey(unit.name().toString()));
    }

    /** Whether it is managed here, or something that systemd's hosts have and that is taken as up. */
    public boolean isKnown(String unit) {
        UnitName name = UnitName.parse(unit);
        return SystemdUnits.isOne(unit) || (name != null && catalog.state(name) != LoadState.NOT_FOUND);
    }

    /** Whether it is taken as up, since nothing here could start it. */
    public boolean isTakenAsUp(String unit) {
        UnitName name = UnitName.parse(unit);
        return name == null || (SystemdUnits.isOne(unit) && catalog.state(name) == LoadState.NOT_FOUND);
    }

    /**
     * Circles of {@code Before=} and {@code After=}: in each the units start after the one that follows them, the last after the first.
     * Each circle is found once those before it are thought broken.
     */
    List<List<String>> cycles() {
        return Circles.find(new TreeSet<>(said.keySet()), unit -> of(unit, Dependency.AFTER));
    }
}
