package dev.activator.cli;

import dev.activator.config.Dependency;
import dev.activator.control.ActiveState;
import dev.activator.control.UnitStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code list-dependencies}: what a unit pulls in, as a tree. */
@Command(
        name = "list-dependencies",
        description =
                "Show what units pull in when they start, as a tree, and how each of it is; without names what the super-server starts.",
        footer = {
            "",
            "Examples:",
            "  activator list-dependencies web.service",
            "  activator list-dependencies --reverse db.service",
            "  activator list-dependencies --after web.service",
        })
final class ListDependencies implements Callable<Integer> {
    private static final List<Dependency> PULLED = List.of(
            Dependency.REQUIRES, Dependency.REQUISITE, Dependency.WANTS, Dependency.BINDS_TO, Dependency.UPHOLDS);
    private static final List<Dependency> PULLING =
            PULLED.stream().map(Dependency::inverse).toList();

    @ParentCommand
    private @Nullable Activator activator;

    @Option(names = "--reverse", description = "what pulls the units in instead")
    private boolean reverse;

    @Option(names = "--after", description = "what the units start after instead")
    private boolean after;

    @Option(names = "--before", description = "what the units start before instead")
    private boolean before;

    @Option(names = "--all", description = "unfold every unit, not only targets")
    private boolean all;

    @Option(names = "--plain", description = "names alone, without the tree's lines")
    private boolean plain;

    @Parameters(paramLabel = "UNIT", arity = "0..*", description = "unit names; NAME means NAME.service")
    private List<String> units = new ArrayList<>();

    private final Map<String, Optional<UnitStatus>> known = new HashMap<>();
    private final Set<String> unfolded = new HashSet<>();

    @Override
    public Integer call() {
        Activator root = Objects.requireNonNull(activator);
        ControlClient client = root.client();
        List<String> names =
                units.isEmpty() ? List.of(client.server().defaultTarget()) : Selection.names(client, units);
        int status = ExitStatus.OK;
        Map<String, Object> trees = new LinkedHashMap<>();
        for (String name : names) {
            Optional<UnitStatus> unit = unit(client, name);
            if (unit.isEmpty()) {
                root.terminal().err().println("Unit " + name + " not found.");
                Selection.didYouMean(client, name).ifPresent(root.terminal().err()::println);
                status = ExitStatus.FAILED;
            } else if (root.wantsJson()) {
                trees.put(unit.get().id(), tree(client, unit.get().id()));
            } else {
                root.out().println(unit.get().id());
                unfolded.add(unit.get().id());
                print(root.terminal(), client, unit.get().id(), "");
            }
        }
        if (root.wantsJson()) {
            root.printJson(trees);
        }
        return status;
    }

    /** Each unit is unfolded where it comes first. */
    private Map<String, Object> tree(ControlClient client, String unit) {
        Map<String, Object> tree = new LinkedHashMap<>();
        if (unfolded.add(unit)) {
            related(client, unit).forEach(other -> tree.put(other, tree(client, other)));
        }
        return tree;
    }

    private void print(Terminal terminal, ControlClient client, String unit, String indent) {
        List<String> related = related(client, unit);
        for (int i = 0; i < related.size(); i++) {
            String other = related.get(i);
            boolean isLast = i == related.size() - 1;
            String mark = terminal.paint(color(client, other), "●");
            String branch = plain ? indent + "  " : mark + " " + indent + (isLast ? "└─" : "├─");
            boolean unfolds = (all || other.endsWith(".target"))
                    && !related(client, other).isEmpty();
            boolean isRepeated = unfolds && !unfolded.add(other);
            terminal.out().println(branch + other + (isRepeated ? " (see above)" : ""));
            if (unfolds && !isRepeated) {
                print(terminal, client, other, indent + (plain || isLast ? "  " : "│ "));
            }
        }
    }

    private Color color(ControlClient client, String name) {
        ActiveState state =
                unit(client, name).map(unit -> unit.state().active()).orElse(ActiveState.INACTIVE);
        return switch (state) {
            case ACTIVE, RELOADING -> Color.GREEN;
            case FAILED -> Color.RED;
            case ACTIVATING, DEACTIVATING -> Color.YELLOW;
            case INACTIVE -> Color.GREY;
        };
    }

    private List<String> related(ControlClient client, String name) {
        TreeSet<String> related = new TreeSet<>();
        unit(client, name)
                .ifPresent(unit -> kinds().forEach(kind -> {
                    String names = unit.directives().getOrDefault(kind.word(), "");
                    for (String other : names.split(" ", -1)) {
                        if (!other.isEmpty()) {
                            related.add(other);
                        }
                    }
                }));
        return List.copyOf(related);
    }

    private List<Dependency> kinds() {
        return after ? List.of(Dependency.AFTER) : before ? List.of(Dependency.BEFORE) : reverse ? PULLING : PULLED;
    }

    private Optional<UnitStatus> unit(ControlClient client, String name) {
        return known.computeIfAbsent(name, client::unit);
    }
}
