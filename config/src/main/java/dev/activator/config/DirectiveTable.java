package dev.activator.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every directive that one type of unit can have, whether it is applied or not. Both syntaxes, the defaults, the checks, "did you mean" and
 * the reference in the documentation come from it.
 */
public final class DirectiveTable {
    private static final DirectiveTable SOCKET = new DirectiveTable(socketRows());
    private static final DirectiveTable SERVICE = new DirectiveTable(serviceRows());
    private static final DirectiveTable TARGET = new DirectiveTable(targetRows());

    private final Map<String, Map<String, Directive<?>>> sections = new LinkedHashMap<>();
    private final List<Directive<?>> rows;
    private final Set<Directive<?>> properties = new LinkedHashSet<>();

    private DirectiveTable(List<Directive<?>> rows) {
        this.rows = List.copyOf(rows);
        for (Directive<?> row : rows) {
            Map<String, Directive<?>> section = sections.computeIfAbsent(row.section(), name -> new LinkedHashMap<>());
            if (section.put(row.name(), row) != null) {
                throw new IllegalStateException("[" + row.section() + "] has two rows " + row);
            }
            properties.addAll(row.targets());
        }
    }

    /** Rows for {@code .socket} files. */
    public static DirectiveTable socket() {
        return SOCKET;
    }

    /** Rows for {@code .service} files. */
    public static DirectiveTable service() {
        return SERVICE;
    }

    /** Rows for {@code .target} files. */
    public static DirectiveTable target() {
        return TARGET;
    }

    /** Rows for units of a type. */
    public static DirectiveTable of(UnitType type) {
        return switch (type) {
            case SOCKET -> SOCKET;
            case SERVICE -> SERVICE;
            case TARGET -> TARGET;
        };
    }

    /** Every row, in the order of the reference. */
    public Collection<Directive<?>> all() {
        return rows;
    }

    /** The directives that hold a value, without those that are other names for them; what {@code show} lists. */
    public Collection<Directive<?>> properties() {
        return Collections.unmodifiableSet(properties);
    }

    /** Names of the sections, without brackets. */
    public Set<String> sections() {
        return Collections.unmodifiableSet(sections.keySet());
    }

    boolean hasSection(String section) {
        return sections.containsKey(section);
    }

    /** The row with exactly these names. */
    public Optional<Directive<?>> find(String section, String name) {
        return Optional.ofNullable(row(section, name));
    }

    /** The same; null where there is none. */
    @Nullable
    Directive<?> row(String section, String name) {
        Map<String, Directive<?>> rowsOfSection = sections.get(section);
        return rowsOfSection == null ? null : rowsOfSection.get(name);
    }

    /** What an unknown name may have meant, {@code MaxConnections=}, with its section if that is another one. */
    public Optional<String> suggest(String section, String name) {
        Map<String, Directive<?>> here = sections.getOrDefault(section, Map.of());
        for (Map.Entry<String, Map<String, Directive<?>>> other : sections.entrySet()) {
            if (other.getValue().containsKey(name)) {
                return Optional.of("'" + name + "=' in [" + other.getKey() + "]");
            }
        }
        return Optional.ofNullable(Suggestion.nearest(name, here.keySet())).map(near -> "'" + near + "='");
    }

    private static List<Directive<?>> targetRows() {
        List<Directive<?>> rows = new ArrayList<>(UnitDirectives.rows());
        rows.addAll(InstallDirectives.rows());
        rows.addAll(ActivatorDirectives.rows());
        return rows;
    }

    private static List<Directive<?>> serviceRows() {
        List<Directive<?>> rows = new ArrayList<>(targetRows());
        rows.addAll(SleepDirectives.rows());
        AccessDirectives.rows().forEach(row -> rows.add(AccessDirectives.inService(row)));
        HandoffDirectives.ofSockets().forEach(row -> rows.add(HandoffDirectives.elsewhere(row, "socket")));
        rows.addAll(HandoffDirectives.ofServices());
        rows.addAll(ServiceDirectives.rows());
        rows.addAll(ExecDirectives.rows());
        rows.addAll(KillDirectives.rows());
        return rows;
    }

    private static List<Directive<?>> socketRows() {
        List<Directive<?>> rows = new ArrayList<>(targetRows());
        rows.addAll(SleepDirectives.rows());
        rows.addAll(AccessDirectives.rows());
        rows.addAll(HandoffDirectives.ofSockets());
        HandoffDirectives.ofServices().forEach(row -> rows.add(HandoffDirectives.elsewhere(row, "service")));
        rows.addAll(SocketDirectives.rows());
        ExecDirectives.rows().forEach(row -> rows.add(inSocket(row)));
        KillDirectives.rows().forEach(row -> rows.add(inSocket(row)));
        return rows;
    }

    /** In a socket unit these hold for the commands of the unit, but a namespace also holds for its sockets. */
    private static Directive<?> inSocket(Directive<?> row) {
        boolean decidesWhereSocketsAre = Set.of(
                        "PrivateNetwork", "NetworkNamespacePath", "PrivateIPC", "IPCNamespacePath")
                .contains(row.name());
        Directive<?> moved = row.in("Socket");
        if (decidesWhereSocketsAre) {
            return moved.refused("sockets are opened in the super-server's own namespaces");
        }
        return row.support() instanceof Support.Refused refused
                ? moved.unsupported("it holds for the commands of a socket unit, and " + refused.why())
                : moved;
    }
}
