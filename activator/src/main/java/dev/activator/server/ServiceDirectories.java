package dev.activator.server;

import dev.activator.config.Directive;
import dev.activator.config.ExecDirectives;
import dev.activator.config.HostFacts;
import dev.activator.config.ServiceDirectory;
import dev.activator.config.ServiceUnit;
import dev.activator.handoff.LaunchFailure;
import dev.activator.handoff.LaunchStage;
import dev.activator.listener.Errno;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes the directories that a service asks for, its own user's, and removes the runtime ones after it. systemd.exec(5) RuntimeDirectory=. */
final class ServiceDirectories {
    /** One of the five kinds: where it lies, by specifier letter, and which variable tells the service. */
    private record Kind(
            char root,
            String variable,
            Directive<List<ServiceDirectory>> list,
            Directive<Integer> mode,
            boolean isOwned) {}

    private static final List<Kind> KINDS = List.of(
            new Kind(
                    't',
                    "RUNTIME_DIRECTORY",
                    ExecDirectives.RUNTIME_DIRECTORY,
                    ExecDirectives.RUNTIME_DIRECTORY_MODE,
                    true),
            new Kind('S', "STATE_DIRECTORY", ExecDirectives.STATE_DIRECTORY, ExecDirectives.STATE_DIRECTORY_MODE, true),
            new Kind('C', "CACHE_DIRECTORY", ExecDirectives.CACHE_DIRECTORY, ExecDirectives.CACHE_DIRECTORY_MODE, true),
            new Kind('L', "LOGS_DIRECTORY", ExecDirectives.LOGS_DIRECTORY, ExecDirectives.LOGS_DIRECTORY_MODE, true),
            new Kind(
                    'E',
                    "CONFIGURATION_DIRECTORY",
                    ExecDirectives.CONFIGURATION_DIRECTORY,
                    ExecDirectives.CONFIGURATION_DIRECTORY_MODE,
                    false));

    private final HostFacts facts;

    ServiceDirectories(HostFacts facts) {
        this.facts = facts;
    }

    /** Makes what is missing and returns the variables that name it. */
    Map<String, String> make(ServiceUnit unit, LaunchInputs.@Nullable Identity identity) throws LaunchFailure {
        Map<String, String> variables = new TreeMap<>();
        for (Kind kind : KINDS) {
            List<ServiceDirectory> directories = unit.get(kind.list());
            if (directories.isEmpty()) {
                continue;
            }
            List<String> paths = new ArrayList<>();
            for (ServiceDirectory directory : directories) {
                Path path = Path.of(facts.value(kind.root()), directory.path());
                make(path, unit.get(kind.mode()), kind.isOwned() ? identity : null);
                paths.add(path.toString());
            }
            variables.put(kind.variable(), String.join(":", paths));
        }
        return variables;
    }

    /** Those that a start makes, whether they are there now or not. */
    List<Path> paths(ServiceUnit unit) {
        List<Path> paths = new ArrayList<>();
        for (Kind kind : KINDS) {
            for (ServiceDirectory directory : unit.get(kind.list())) {
                paths.add(Path.of(facts.value(kind.root()), directory.path()));
            }
        }
        return paths;
    }

    private static void make(Path path, int mode, LaunchInputs.@Nullable Identity owner) throws LaunchFailure {
        try {
            Files.createDirectories(path);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions(mode)));
            if (owner != null) {
                Files.setAttribute(path, "unix:uid", owner.credentials().uid());
                Files.setAttribute(path, "unix:gid", owner.credentials().gid());
            }
        } catch (IOException e) {
            throw new LaunchFailure(
                    LaunchStage.CHDIR, Errno.EACCES, "making directory '" + path + "': " + e.getMessage());
        }
    }

    private static String permissions(int mode) {
        StringBuilder text = new StringBuilder("rwxrwxrwx");
        for (int bit = 0; bit < text.length(); bit++) {
            if ((mode >> (8 - bit) & 1) == 0) {
                text.setCharAt(bit, '-');
            }
        }
        return text.toString();
    }

    /** The directories that the service may write to. */
    List<String> own(ServiceUnit unit) {
        List<String> own = new ArrayList<>();
        for (Kind kind : KINDS) {
            if (kind.isOwned()) {
                unit.get(kind.list())
                        .forEach(directory -> own.add(Path.of(facts.value(kind.root()), directory.path())
                                .toString()));
            }
        }
        return own;
    }

    /** Removes the runtime directories, whose life is the service's. */
    void remove(ServiceUnit unit) {
        for (ServiceDirectory directory : unit.get(ExecDirectives.RUNTIME_DIRECTORY)) {
            // What stays behind is taken as it is by the next start.
            FileTree.remove(Path.of(facts.value('t'), directory.path()));
        }
    }
}
