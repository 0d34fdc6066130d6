package dev.activator.cli;

import dev.activator.control.Suggestion;
import dev.activator.control.UnitGlob;
import dev.activator.control.UnitStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which units a list is about, by type and by name; all where nothing is said. */
final class UnitChoice {
    private static final List<String> TYPES = List.of("socket", "service", "target");

    @Option(
            names = {"-t", "--type"},
            split = ",",
            paramLabel = "TYPE",
            description = "only units of these types: socket, service, target")
    private List<String> types = new ArrayList<>();

    @Parameters(paramLabel = "PATTERN", description = "only units with these names; * ? [] match as in the shell")
    private List<String> patterns = new ArrayList<>();

    /** Throws the usage error of a type that there is not. */
    void check() {
        types.forEach(type -> oneOf("--type", type, TYPES));
    }

    /** Throws a usage error that lists the words, unless it is one of them. */
    static void oneOf(String option, String word, Collection<String> words) {
        if (!words.contains(word)) {
            String near = Suggestion.closest(word, words)
                    .map(each -> "; did you mean '" + each + "'?")
                    .orElse(".");
            throw new Failure(
                    ExitStatus.USAGE, option + " '" + word + "' is none of " + String.join(", ", words) + near);
        }
    }

    boolean includes(UnitStatus unit) {
        return (types.isEmpty() || types.contains(unit.type())) && UnitGlob.matches(unit.id(), patterns);
    }
}
