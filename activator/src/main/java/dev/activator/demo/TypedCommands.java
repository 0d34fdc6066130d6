package dev.activator.demo;

import dev.activator.cli.ExitStatus;
import dev.activator.cli.Failure;
import dev.activator.cli.RuntimeDirectory;
import dev.activator.experiment.Workspace;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Runs the command line as a person would, through the launcher, and shows the command and what it really printed. */
final class TypedCommands {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path launcher;
    private final Workspace workspace;
    private final Screen screen;

    TypedCommands(Path launcher, Workspace workspace, Screen screen) {
        this.launcher = launcher;
        this.workspace = workspace;
        this.screen = screen;
    }

    /** Shows all that it prints; not for the tour that only measures. */
    void show(String... words) throws IOException, InterruptedException {
        show(line -> true, words);
    }

    /** Shows the wanted lines of what it prints. */
    void show(Predicate<String> isWanted, String... words) throws IOException, InterruptedException {
        List<String> typed = new ArrayList<>(List.of("activator"));
        typed.addAll(List.of(words));
        screen.command(typed);
        screen.output(Excerpt.of(run(typed), isWanted));
    }

    private List<String> run(List<String> typed) throws IOException, InterruptedException {
        File output = workspace.commandOutput().toFile();
        List<String> words = new ArrayList<>(typed);
        words.set(0, launcher.toString());
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output)
                .redirectErrorStream(true);
        builder.environment().put(RuntimeDirectory.VARIABLE, workspace.runtime().toString());
        if (screen.hasColors()) {
            String options = builder.environment().getOrDefault("ACTIVATOR_JAVA_OPTS", "");
            builder.environment()
                    .put("ACTIVATOR_JAVA_OPTS", options + " -Dactivator.terminal.columns=" + screen.outputColumns());
        }
        Process command = builder.start();
        try {
            if (!command.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Failure(ExitStatus.FAILED, "'" + String.join(" ", typed) + "' did not end.");
            }
        } finally {
            command.destroyForcibly();
        }
        return Files.readAllLines(output.toPath());
    }
}
