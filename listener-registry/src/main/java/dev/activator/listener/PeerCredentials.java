package dev.activator.listener;

/**
 * Who connected a Unix socket, as of the connect; pid is 0 and the ids are 65534 across namespaces. unix(7) SO_PEERCRED.
 */
public record PeerCredentials(int pid, int uid, int gid) {}
