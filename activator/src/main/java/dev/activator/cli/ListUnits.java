package dev.activator.cli;

import dev.activator.control.ActiveState;
import dev.activator.control.UnitStatus;
import dev.activator.server.StateWords;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code list-units}: one line a unit. */
@Command(
        name = "list-units",
        description = "List units and their states; without --all only those that are active or failed.",
        footer = {
            "",
            "Examples:",
            "  activator list-units --type=service --state=running",
            "  activator list-units --failed",
            "  activator list-units --all 'web*'",
        })
final class ListUnits implements Callable<Integer> {
    @ParentCommand
    private @Nullable Activator activator;

    @Option(
            names = "--state",
            split = ",",
            paramLabel = "STATE",
            description = "only units whose load, active or sub state is one of these; implies --all")
    private List<String> states = new ArrayList<>();

    @Option(names = "--failed", description = "only units that have failed; the same as --state=failed")
    private boolean failed;

    @Mixin
    private ListOptions options = new ListOptions();

    @Mixin
    private UnitChoice choice = new UnitChoice();

    @Override
    public Integer call() {
        Activator root = Objects.requireNonNull(activator);
        choice.check();
        states.forEach(state -> UnitChoice.oneOf("--state", state, StateWords.ofUnits()));
        if (failed) {
            states.add("failed");
        }
        List<UnitStatus> units =
                root.client().units().stream().filter(this::isWanted).toList();
        if (root.wantsJson()) {
            root.printJson(units.stream().map(ListUnits::row).toList());
        } else {
            print(root.terminal(), units);
        }
        return ExitStatus.OK;
    }

    private boolean isWanted(UnitStatus unit) {
        boolean byState = states.isEmpty()
                ? options.all || !unit.state().active().equals(ActiveState.INACTIVE)
                : states.contains(unit.file().loadState())
                        || states.contains(unit.state().active().word())
                        || states.contains(unit.state().sub());
        // A template is a file to make units of; systemctl counts it among the unit files, not the units.
        boolean isTemplate = unit.id().contains("@.");
        return byState && !isTemplate && choice.includes(unit);
    }

    private static Map<String, String> row(UnitStatus unit) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("unit", unit.id());
        row.put("load", unit.file().loadState());
        row.put("active", unit.state().active().word());
        row.put("sub", unit.state().sub());
        row.put("description", unit.file().description());
        return row;
    }

    private void print(Terminal terminal, List<UnitStatus> units) {
        Table table = new Table("", "UNIT", "LOAD", "ACTIVE", "SUB", "DESCRIPTION");
        for (UnitStatus unit : units) {
            boolean marked = UnitMark.needsAttention(unit);
            Color color = UnitMark.color(unit.state());
            List<Color> colors = marked ? List.of(color, color, color, color, color) : List.of();
            table.row(
                    colors,
                    marked ? "●" : " ",
                    unit.id(),
                    unit.file().loadState(),
                    unit.state().active().word(),
                    unit.state().sub(),
                    unit.file().description());
        }
        if (!table.isEmpty()) {
            table.print(terminal, options.legend(), options.full);
        }
        if (options.legend()) {
            printLegend(terminal, units.size());
        }
    }

    private void printLegend(Terminal terminal, int count) {
        if (count > 0) {
            terminal.out().println();
            terminal.out().println("LOAD   = Reflects whether the unit definition was properly loaded.");
            terminal.out().println("ACTIVE = The high-level unit activation state, i.e. generalization of SUB.");
            terminal.out().println("SUB    = The low-level unit activation state, values depend on unit type.");
            terminal.out().println();
        }
        String hint = options.all || !states.isEmpty() ? "" : " Pass --all to see loaded but inactive units, too.";
        terminal.out().println(count + (count == 1 ? " loaded unit" : " loaded units") + " listed." + hint);
    }
}
