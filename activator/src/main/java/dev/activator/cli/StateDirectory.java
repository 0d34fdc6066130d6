package dev.activator.cli;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The directory of what outlives a super-server: logs, and what was enabled, disabled or masked. */
final class StateDirectory {
    private StateDirectory() {}

    /**
     * The one named on the command line, else {@code state} below an unusual runtime directory, so that several super-servers do not share
     * it, else {@code /var/lib/activator} for root and {@code $XDG_STATE_HOME/activator} or {@code ~/.local/state/activator} for others.
     */
    static Path choose(@Nullable Path named, Path runtime, Map<String, String> environment) {
        if (named != null) {
            return named.toAbsolutePath();
        }
        Map<String, String> session = Map.of("XDG_RUNTIME_DIR", environment.getOrDefault("XDG_RUNTIME_DIR", ""));
        if (!runtime.equals(RuntimeDirectory.choose(null, session))) {
            return runtime.resolve("state");
        }
        if (runtime.equals(Path.of("/run/activator"))) {
            return Path.of("/var/lib/activator");
        }
        String home = environment.getOrDefault("HOME", "/tmp");
        String stateHome = environment.getOrDefault("XDG_STATE_HOME", "");
        return stateHome.isEmpty() ? Path.of(home, ".local/state/activator") : Path.of(stateHome, "activator");
    }
}
