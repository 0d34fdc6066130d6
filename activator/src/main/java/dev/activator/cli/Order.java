package dev.activator.cli;

import dev.activator.control.Verb;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code hold}, {@code release}, {@code drain}, {@code wake}, {@code sleep}, {@code freeze} and {@code thaw}. */
@Command
final class Order implements Callable<Integer> {
    private final Verb verb;

    @ParentCommand
    private @Nullable Activator activator;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "how long it holds, such as 90s, 10min or 2h; until it is undone where it is left out")
    private String time = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "why; 'status' shows it")
    private String reason = "";

    @Parameters(
            paramLabel = "UNIT",
            arity = "1..*",
            description = "unit names; NAME means NAME.service, and * ? [] match as in the shell")
    private List<String> units = new ArrayList<>();

    Order(Verb verb) {
        this.verb = verb;
    }

    @Override
    public Integer call() {
        Map<String, String> options = new HashMap<>();
        if (!time.isEmpty()) {
            options.put("for", time);
        }
        if (!reason.isEmpty()) {
            options.put("reason", reason);
        }
        return Requests.ask(Objects.requireNonNull(activator), verb, units, options);
    }
}
