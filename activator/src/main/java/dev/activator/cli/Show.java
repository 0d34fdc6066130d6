package dev.activator.cli;

import dev.activator.cli.UnitProperties.Property;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code show}: properties for programs to read. */
@Command(
        name = "show",
        description =
                "Print the properties of units, or of the super-server, as NAME=VALUE lines for programs to read.",
        footer = {
            "",
            "Examples:",
            "  activator show web.socket",
            "  activator show -p MainPID --value web.service",
            "  activator show -p ActiveState,SubState 'web*'",
        })
final class Show implements Callable<Integer> {
    @ParentCommand
    private @Nullable Activator activator;

    @Option(
            names = {"-p", "--property"},
            split = ",",
            paramLabel = "NAME",
            description = "only these properties, in their order of appearance")
    private List<String> wanted = new ArrayList<>();

    @Option(
            names = {"-a", "--all"},
            description = "print properties that are empty, too")
    private boolean all;

    @Option(names = "--value", description = "print only the values")
    private boolean valueOnly;

    @Parameters(
            paramLabel = "UNIT",
            description = "unit names; NAME means NAME.service, and * ? [] match as in the shell")
    private List<String> units = new ArrayList<>();

    @Override
    public Integer call() {
        Activator root = Objects.requireNonNull(activator);
        ControlClient client = root.client();
        ZoneId zone = root.terminal().zone();
        List<List<Property>> pages = new ArrayList<>();
        if (units.isEmpty()) {
            pages.add(UnitProperties.of(client.server(), zone));
        }
        for (String name : units.isEmpty() ? List.<String>of() : Selection.names(client, units)) {
            Optional<List<Property>> page = client.unit(name).map(unit -> UnitProperties.of(unit, zone));
            pages.add(page.orElseGet(() -> UnitProperties.ofMissing(name)));
        }
        List<List<Property>> shown = pages.stream().map(this::filter).toList();
        if (root.wantsJson()) {
            root.printJson(shown.stream().map(Show::object).toList());
        } else {
            print(root, shown);
        }
        return ExitStatus.OK;
    }

    private List<Property> filter(List<Property> page) {
        return page.stream()
                .filter(property ->
                        wanted.isEmpty() ? all || !property.value().isEmpty() : wanted.contains(property.name()))
                .toList();
    }

    private void print(Activator root, List<List<Property>> pages) {
        for (int i = 0; i < pages.size(); i++) {
            if (i > 0) {
                root.out().println();
            }
            for (Property property : pages.get(i)) {
                root.out().println(valueOnly ? property.value() : property.name() + "=" + property.value());
            }
        }
    }

    /** A name that comes more than once becomes an array. */
    private static Map<String, Object> object(List<Property> page) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        page.forEach(property -> values.computeIfAbsent(property.name(), name -> new ArrayList<>())
                .add(property.value()));
        Map<String, Object> object = new LinkedHashMap<>();
        values.forEach((name, all) -> object.put(name, all.size() == 1 ? all.get(0) : all));
        return object;
    }
}
