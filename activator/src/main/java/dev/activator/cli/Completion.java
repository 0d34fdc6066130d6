package dev.activator.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code completion}: a script for the shell that completes verbs, options and the names of units. */
@Command(
        name = "completion",
        description = "Print a script that lets the shell complete verbs, options and unit names.",
        footer = {
            "",
            "Examples:",
            "  source <(activator completion bash)",
            "  activator completion bash > /usr/share/bash-completion/completions/activator",
            "  activator completion zsh > \"${fpath[1]}/_activator\"",
        })
final class Completion implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "bash or zsh")
    private Shell shell = Shell.bash;

    /** The shells, as they are typed. */
    enum Shell {
        bash,
        zsh
    }

    @Override
    public Integer call() {
        CommandLine root = Objects.requireNonNull(spec).root().commandLine();
        Activator activator = root.getCommand();
        String script = template("completion." + shell)
                .replace("@VERBS@", verbs(root))
                .replace("@OPTIONS@", options(root))
                .replace("@CASES@", cases(root));
        activator.out().print(script);
        return ExitStatus.OK;
    }

    private String verbs(CommandLine root) {
        return Verbs.GROUPS.stream()
                .flatMap(group -> group.verbs().stream())
                .map(verb -> shell == Shell.bash ? verb : "'" + verb + ":" + summary(root, verb) + "'")
                .collect(Collectors.joining(" "));
    }

    private static String summary(CommandLine root, String verb) {
        String[] description =
                Verbs.verb(root, verb).getCommandSpec().usageMessage().description();
        return Commands.firstSentence(description).replace("'", "'\\''").replace(":", "\\:");
    }

    /** One shell case a verb: its options, and whether units or files follow. */
    private static String cases(CommandLine root) {
        return Verbs.GROUPS.stream()
                .flatMap(group -> group.verbs().stream())
                .map(verb -> {
                    CommandLine command = Verbs.verb(root, verb);
                    return "    " + verb + ") options=\"" + options(command) + "\" kind=" + kind(command) + " ;;";
                })
                .collect(Collectors.joining("\n"));
    }

    private static String options(CommandLine command) {
        return command.getCommandSpec().options().stream()
                .filter(option -> !option.hidden())
                .flatMap((OptionSpec option) -> List.of(option.names()).stream())
                .sorted()
                .collect(Collectors.joining(" "));
    }

    private static String kind(CommandLine command) {
        Map<String, String> kinds =
                Map.of("UNIT", "units", "PATTERN", "units", "FILE", "files", "NAME", "none", "SHELL", "shells");
        return command.getCommandSpec().positionalParameters().stream()
                .filter(parameter -> !parameter.hidden())
                .map(parameter -> kinds.getOrDefault(parameter.paramLabel(), "none"))
                .findFirst()
                .orElse("files");
    }

    private static String template(String name) {
        try (InputStream in = Completion.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
