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

/** {@code reset-failed}: forget failures. */
@Command(
        name = "reset-failed",
        description = "Forget that units have failed, their limits and their back-off; without a unit, of all.",
        footer = {"", "Examples:", "  activator reset-failed", "  activator reset-failed web.service"})
final class ResetFailed implements Callable<Integer> {
    @ParentCommand
    private @Nullable Activator activator;

    @Parameters(
            paramLabel = "UNIT",
            description = "unit names; NAME means NAME.service, and * ? [] match as in the shell")
    private List<String> units = new ArrayList<>();

    @Override
    public Integer call() {
        List<String> words = units.isEmpty() ? List.of("*") : units;
        return Requests.ask(Objects.requireNonNull(activator), Verb.RESET_FAILED, words, Map.of());
    }
}
