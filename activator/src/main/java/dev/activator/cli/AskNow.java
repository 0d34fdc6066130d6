package dev.activator.cli;

import dev.activator.control.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code enable} and {@code disable}. */
@Command
final class AskNow implements Callable<Integer> {
    private final Verb verb;

    @ParentCommand
    private @Nullable Activator activator;

    @Option(names = "--now", description = "start or stop the units as well")
    private boolean now;

    @Parameters(
            paramLabel = "UNIT",
            arity = "1..*",
            description = "unit names; NAME means NAME.service, and * ? [] match as in the shell")
    private List<String> units = new ArrayList<>();

    AskNow(Verb verb) {
        this.verb = verb;
    }

    @Override
    public Integer call() {
        return Requests.ask(Objects.requireNonNull(activator), verb, units, now ? Map.of("now", "yes") : Map.of());
    }
}
