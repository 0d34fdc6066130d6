package dev.activator.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code cat}: the unit's files. */
@Command(
        name = "cat",
        description = "Print the files of units, each with its path as a comment above.",
        footer = {"", "Example:", "  activator cat web.socket web.service"})
final class Cat implements Callable<Integer> {
    @ParentCommand
    private @Nullable Activator activator;

    @Parameters(
            paramLabel = "UNIT",
            arity = "1..*",
            description = "unit names; NAME means NAME.service, and * ? [] match as in the shell")
    private List<String> units = new ArrayList<>();

    @Override
    public Integer call() {
        Activator root = Objects.requireNonNull(activator);
        ControlClient client = root.client();
        Map<String, String> texts = new LinkedHashMap<>();
        int status = ExitStatus.OK;
        for (String name : Selection.names(client, units)) {
            Optional<String> text = client.cat(name);
            if (text.isEmpty()) {
                String near = Selection.didYouMean(client, name)
                        .map(hint -> " " + hint)
                        .orElse("");
                root.terminal().err().println("No files found for " + name + "." + near);
                status = ExitStatus.FAILED;
            }
            text.ifPresent(found -> texts.put(name, found));
        }
        if (root.wantsJson()) {
            root.printJson(texts);
        } else {
            root.out().print(String.join("\n", texts.values()));
        }
        return status;
    }
}
