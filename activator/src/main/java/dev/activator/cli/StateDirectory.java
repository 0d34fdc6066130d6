package dev.activator.cli;

import dev.activator.handoff.Account;
import dev.activator.handoff.Accounts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The directory of what outlives a super-server: logs, and what was enabled, disabled or masked. */
final class StateDirectory {
    private StateDirectory() {}

    /**
     * The one named on the command line, else {@code state} below an unusual runtime directory, so that several super-servers do not share
     * it, else {@code /var/lib/activator} for root and {@code $XDG_STATE_HOME/activator} or {@code ~/.local/state/activator} for others.
     * Without HOME that of the host's list of users, or {@code /tmp/activator-UID/state}.
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
        String stateHome = environment.getOrDefault("XDG_STATE_HOME", "");
        if (!stateHome.isEmpty()) {
            return Path.of(stateHome, "activator");
        }
        String home = environment.getOrDefault("HOME", "");
        return home.isEmpty() ? withoutHome(RuntimeDirectory.ownUid(), new Accounts()) : below(home);
    }

    /** At home by the host's list of users, else beside the runtime directory that somebody without a session has. */
    static Path withoutHome(int uid, Accounts accounts) {
        return accounts.user(Integer.toUnsignedString(uid), List.of())
                .map(Account::home)
                .filter(home -> Files.isDirectory(Path.of(home)) && Files.isWritable(Path.of(home)))
                .map(StateDirectory::below)
                .orElse(RuntimeDirectory.shared(uid).resolve("state"));
    }

    private static Path below(String home) {
        return Path.of(home, ".local/state/activator");
    }
}
