package dev.activator.listener;

import java.util.Set;

/**
 * Who connected a Unix socket, as of the connect; pid is 0 and the ids are 65534 across namespaces. unix(7) SO_PEERCRED.
 *
 * @param groups the supplementary ones; none where there are more than 64. SO_PEERGROUPS
 */
public record PeerCredentials(int pid, int uid, int gid, Set<Integer> groups) {
    static final PeerCredentials NONE = new PeerCredentials(-1, -1, -1, Set.of());

    public PeerCredentials {
        groups = Set.copyOf(groups);
    }
}
