package dev.activator.cli;

import dev.activator.config.TimeSpan;
import dev.activator.control.Verb;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
            checkTime();
            options.put("for", time);
        }
        if (!reason.isEmpty()) {
            options.put("reason", reason);
        }
        Activator root = Objects.requireNonNull(activator);
        if (verb == Verb.DRAIN && !root.wantsJson()) {
            tellWhatItWaitsFor(root);
        }
        return Requests.ask(root, verb, units, options);
    }

    private void checkTime() {
        try {
            Duration span = TimeSpan.parse(time);
            if (span.isZero() || span.equals(TimeSpan.INFINITY)) {
                throw new Failure(
                        ExitStatus.USAGE,
                        "--for '" + time
                                + "' must be longer than nothing and shorter than for ever; leave it out for that.");
            }
        } catch (IllegalArgumentException wrong) {
            throw new Failure(
                    ExitStatus.USAGE, "--for '" + time + "': " + wrong.getMessage() + "; try 10min, 2h or 1d.");
        }
    }

    /** A drain can take as long as its clients like. */
    private void tellWhatItWaitsFor(Activator root) {
        String names = String.join(" ", units);
        CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS)
                .execute(() -> root.terminal()
                        .err()
                        .println("Waiting for the end of what is open; 'activator status " + names
                                + "' tells how much that is. Ctrl-C ends the waiting, 'activator release " + names
                                + "' the order, 'activator stop " + names + "' the connections."));
    }
}
