package dev.activator.handoff;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who a process runs as, resolved to numbers.
 *
 * @param groups the supplementary groups, complete: what is not listed is dropped
 */
public record Credentials(int uid, int gid, List<Integer> groups) {
    public Credentials {
        groups = groups.stream().distinct().sorted().toList();
        if (uid == -1 || gid == -1 || groups.contains(-1)) {
            throw new IllegalArgumentException("-1 is no id");
        }
    }

    /** The uid as the kernel sees it, unsigned. */
    public String uidText() {
        return Integer.toUnsignedString(uid);
    }

    public String gidText() {
        return Integer.toUnsignedString(gid);
    }

    /** {@code 4,20,27}. */
    String groupsText() {
        return groups.stream().map(Integer::toUnsignedString).collect(Collectors.joining(","));
    }

    /** Whether nothing tells the two apart. */
    boolean isSameAs(Credentials other) {
        return uid == other.uid && gid == other.gid && hasGroupsOf(other);
    }

    /** Whether the supplementary groups are the same; the own group counts as one of them whether it is listed or not. */
    boolean hasGroupsOf(Credentials other) {
        return withOwnGroup().equals(other.withOwnGroup());
    }

    private Set<Integer> withOwnGroup() {
        Set<Integer> all = new HashSet<>(groups);
        all.add(gid);
        return all;
    }
}
