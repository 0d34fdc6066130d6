package dev.activator.server;

import dev.activator.config.Directive;
import dev.activator.config.HostFacts;
import dev.activator.config.Problem;
import dev.activator.config.ServiceUnit;
import dev.activator.config.SocketUnit;
import dev.activator.config.Unit;
import dev.activator.config.UnitCatalog;
import dev.activator.config.UnitName;
import dev.activator.listener.Sysctl;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What of this host keeps units from starting, as far as a look tells: programs, directories, users, rights. For commands that only look;
 * the super-server itself learns it when it starts something, and looks at nothing before.
 */
public final class HostObstacles {
    private final UnitCatalog catalog;
    private final Host host =
            new Host(new HostAccounts(), new HostPrograms(), OwnRights.read(), Sysctl.FIRST_UNPRIVILEGED_PORT.read());
    private final ServiceDirectories directories;
    private final HostFacts facts;

    private HostObstacles(UnitCatalog catalog, HostFacts facts) {
        this.catalog = catalog;
        this.facts = facts;
        this.directories = new ServiceDirectories(facts);
    }

    /**
     * What is looked at.
     *
     * @param firstFreePort the lowest that needs no privilege
     */
    record Host(HostAccounts accounts, HostPrograms programs, OwnRights rights, int firstFreePort) {}

    /** Where findings are collected. */
    interface Found {
        /**
         * @param severity an error keeps the unit from starting
         * @param text what the files assign to the row
         * @param shown the assignment as far as it is meant
         * @param message a clause, what happens next, and what to do
         */
        void add(Problem.Severity severity, Directive<?> row, String text, String shown, String message);
    }

    /** The obstacles of every loaded unit that has some; of a template those that all its instances have. */
    public static Map<UnitName, List<Problem>> of(UnitCatalog catalog, HostFacts facts) {
        HostObstacles host = new HostObstacles(catalog, facts);
        Map<UnitName, List<Problem>> all = new LinkedHashMap<>();
        for (UnitName name : catalog.names()) {
            List<Problem> found = host.obstacles(name);
            if (!found.isEmpty()) {
                all.put(name, found);
            }
        }
        return all;
    }

    /** Those of one unit; of an instance that stands for its template those that all instances have. */
    public static List<Problem> of(Unit unit, UnitCatalog catalog, HostFacts facts) {
        UnitName name = unit.name();
        boolean isStandIn = name.isInstance() && !catalog.names().contains(name);
        return new HostObstacles(catalog, facts).obstacles(isStandIn ? name.template() : name);
    }

    private List<Problem> obstacles(UnitName name) {
        if (!name.isTemplate()) {
            return catalog.find(name).map(unit -> obstacles(unit, name)).orElse(List.of());
        }
        List<Problem> one = catalog.find(name.withInstance("instance"))
                .map(unit -> obstacles(unit, name))
                .orElse(List.of());
        if (one.isEmpty()) {
            return one;
        }
        // What depends on the instance is found with one and not with another.
        List<Problem> other = catalog.find(name.withInstance("another"))
                .map(unit -> obstacles(unit, name))
                .orElse(List.of());
        return one.stream().filter(other::contains).toList();
    }

    private List<Problem> obstacles(Unit unit, UnitName shown) {
        List<Problem> found = new ArrayList<>();
        Found findings = (severity, row, text, assignment, message) ->
                found.add(new Problem(catalog.placeOf(unit.name(), row, text), severity, assignment + ": " + message));
        if (unit instanceof ServiceUnit service) {
            new ServiceObstacles(service, shown, host, findings).find(directories.paths(service), facts);
        } else if (unit instanceof SocketUnit socket) {
            new SocketObstacles(socket, shown, host, findings).find();
        }
        return found;
    }
}
