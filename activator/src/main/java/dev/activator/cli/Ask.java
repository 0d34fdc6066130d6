package dev.activator.cli;

import dev.activator.control.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** The verbs that ask for something to be done with units and have no options: {@code start stop restart reload …}. */
@Command
final class Ask implements Callable<Integer> {
    private final Verb verb;

    @ParentCommand
    private @Nullable Activator activator;

    @Parameters(
            paramLabel = "UNIT",
            arity = "1..*",
            description = "unit names; NAME means NAME.service, and * ? [] match as in the shell")
    private List<String> units = new ArrayList<>();

    Ask(Verb verb) {
        this.verb = verb;
    }

    @Override
    public Integer call() {
        return Requests.ask(Objects.requireNonNull(activator), verb, units, Map.of());
    }
}
