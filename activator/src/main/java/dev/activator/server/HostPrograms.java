package dev.activator.server;

import dev.activator.config.CommandLine;
import dev.activator.config.ServiceUnit;
import dev.activator.control.Suggestion;
import dev.activator.handoff.LaunchFailure;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Programs of this host as a launch would find them, and the names that come near to one that is missing. */
final class HostPrograms {
    private final ExecFiles files = new ExecFiles();
    private final Map<String, List<String>> listings = new HashMap<>();

    /** Why the command's program cannot be executed, and what to do about it. */
    record Trouble(String what, String advice) {}

    /** Null where nothing speaks against it, or nobody may look. */
    @Nullable
    Trouble trouble(ServiceUnit unit, CommandLine command) {
        Path program;
        try {
            program = Path.of(files.executable(unit, command));
        } catch (LaunchFailure missing) {
            return new Trouble(
                    "there is no such program in " + LaunchPlanner.PATH,
                    Suggestion.closest(command.path(), searched())
                            .map(HostPrograms::didYouMean)
                            .orElse("install it or give its whole path"));
        }
        if (Files.notExists(program)) {
            return new Trouble("there is no such program here", adviceOn(program));
        }
        if (Files.isDirectory(program)) {
            return new Trouble("is a directory", "name the program in it");
        }
        boolean isKnown = Files.exists(program);
        return isKnown && !Files.isExecutable(program)
                ? new Trouble("is not executable", "'chmod +x " + program + "' makes it so")
                : null;
    }

    private String adviceOn(Path program) {
        String name = String.valueOf(program.getFileName());
        for (String directory : LaunchPlanner.PATH.split(":")) {
            Path elsewhere = Path.of(directory, name);
            if (Files.isExecutable(elsewhere)) {
                return didYouMean(elsewhere.toString());
            }
        }
        return Suggestion.closest(name, listing(String.valueOf(program.getParent())))
                .map(near -> didYouMean(program.resolveSibling(near).toString()))
                .orElse("install it or correct the path");
    }

    private static String didYouMean(String program) {
        return "did you mean '" + program + "'?";
    }

    private Set<String> searched() {
        Set<String> names = new LinkedHashSet<>();
        for (String directory : LaunchPlanner.PATH.split(":")) {
            names.addAll(listing(directory));
        }
        return names;
    }

    private List<String> listing(String directory) {
        return listings.computeIfAbsent(directory, path -> {
            String[] names = new File(path).list();
            return names == null ? List.of() : List.of(names);
        });
    }
}
