package dev.activator.server;

import dev.activator.control.Suggestion;
import dev.activator.handoff.Account;
import dev.activator.handoff.Accounts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Users and groups of this host, each asked for once, and the names that come near to one that is not among them. */
final class HostAccounts {
    private final Accounts accounts = new Accounts();
    private final Map<String, Optional<Account>> users = new HashMap<>();
    private final Map<String, OptionalInt> groups = new HashMap<>();

    Optional<Account> user(String name) {
        return users.computeIfAbsent(name, accounts::user);
    }

    boolean hasGroup(String name) {
        return groups.computeIfAbsent(name, accounts::group).isPresent();
    }

    /** What to do about a user that does not exist. */
    static String adviceOnUser(String name) {
        return advice("/etc/passwd", name, "useradd --system " + name);
    }

    /** What to do about a group that does not exist. */
    static String adviceOnGroup(String name) {
        return advice("/etc/group", name, "groupadd --system " + name);
    }

    private static String advice(String file, String name, String command) {
        List<String> known = HostFactsReader.text(file)
                .lines()
                .map(line -> line.split(":", 2)[0])
                .toList();
        return Suggestion.closest(name, known)
                .map(near -> "did you mean '" + near + "'?")
                .orElse("'" + command + "' makes one");
    }
}
