package dev.activator.cli;

import dev.activator.control.UnitGlob;
import dev.activator.control.UnitStatus;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which units a list is about, by type and by name; all where nothing is said. */
final class UnitChoice {
    @Option(
            names = {"-t", "--type"},
            split = ",",
            paramLabel = "TYPE",
            description = "only units of these types: socket, service, target")
    private List<String> types = new ArrayList<>();

    @Parameters(paramLabel = "PATTERN", description = "only units with these names; * ? [] match as in the shell")
    private List<String> patterns = new ArrayList<>();

    boolean includes(UnitStatus unit) {
        return (types.isEmpty() || types.contains(unit.type())) && UnitGlob.matches(unit.id(), patterns);
    }
}
