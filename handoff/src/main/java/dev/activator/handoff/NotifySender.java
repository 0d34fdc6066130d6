package dev.activator.handoff;

/** Who sent a notification, as the kernel vouches. SCM_CREDENTIALS, unix(7). */
public record NotifySender(int pid, int uid, int gid) {}
