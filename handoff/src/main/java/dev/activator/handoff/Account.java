package dev.activator.handoff;

import java.util.List;

/**
 * A user of the host. passwd(5).
 *
 * @param home absolute
 * @param groups all groups that it is in, its own included
 */
public record Account(String name, int uid, int gid, String home, String shell, List<Integer> groups) {
    public Account {
        groups = List.copyOf(groups);
    }

    /** What a process of this user has. */
    public Credentials credentials() {
        return new Credentials(uid, gid, groups);
    }
}
