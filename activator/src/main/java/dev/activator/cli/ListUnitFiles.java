package dev.activator.cli;

import dev.activator.control.UnitStatus;
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

/** {@code list-unit-files}: every unit file, templates included, and whether it is enabled. */
@Command(
        name = "list-unit-files",
        description = "List unit files, templates included, and whether each is enabled.",
        footer = {
            "",
            "Examples:",
            "  activator list-unit-files --state=disabled,masked",
            "  activator list-unit-files 'web*'",
        })
final class ListUnitFiles implements Callable<Integer> {
    private static final List<String> STATES =
            List.of("enabled", "disabled", "indirect", "static", "masked", "not-found");

    @ParentCommand
    private @Nullable Activator activator;

    @Option(names = "--state", split = ",", paramLabel = "STATE", description = "only files in one of these states")
    private List<String> states = new ArrayList<>();

    @Mixin
    private ListOptions options = new ListOptions();

    @Mixin
    private UnitChoice choice = new UnitChoice();

    @Override
    public Integer call() {
        Activator root = Objects.requireNonNull(activator);
        choice.check();
        states.forEach(state -> UnitChoice.oneOf("--state", state, STATES));
        List<UnitStatus> files = root.client().units().stream()
                .filter(unit -> unit.file().fragment() != null || unit.id().contains("@.") || isMasked(unit))
                .filter(choice::includes)
                .filter(unit -> states.isEmpty() || states.contains(unit.file().fileState()))
                .toList();
        if (root.wantsJson()) {
            root.printJson(files.stream().map(ListUnitFiles::row).toList());
            return ExitStatus.OK;
        }
        Table table = new Table("UNIT FILE", "STATE", "FILE");
        for (UnitStatus unit : files) {
            List<Color> colors = isMasked(unit) ? List.of(Color.RED, Color.RED, Color.RED) : List.of();
            table.row(colors, unit.id(), unit.file().fileState(), fragment(unit));
        }
        if (!table.isEmpty()) {
            table.print(root.terminal(), options.legend(), options.full);
        }
        if (options.legend()) {
            root.out().println();
            root.out().println(files.size() + (files.size() == 1 ? " unit file listed." : " unit files listed."));
        }
        return ExitStatus.OK;
    }

    private static boolean isMasked(UnitStatus unit) {
        return unit.file().fileState().equals("masked");
    }

    private static String fragment(UnitStatus unit) {
        return unit.file().fragment() == null ? "" : unit.file().fragment().toString();
    }

    private static Map<String, String> row(UnitStatus unit) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("unit_file", unit.id());
        row.put("state", unit.file().fileState());
        row.put("file", fragment(unit));
        return row;
    }
}
