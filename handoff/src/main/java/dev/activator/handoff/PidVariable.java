package dev.activator.handoff;

/** An environment variable whose value must be the pid of the program itself, known only after the spawn. systemd.exec(5). */
public enum PidVariable {
    /** Tells a program that LISTEN_FDS is meant for it. sd_listen_fds(3). */
    LISTEN_PID,
    /** Tells a program that WATCHDOG_USEC is meant for it. sd_watchdog_enabled(3). */
    WATCHDOG_PID,
    /** Tells a program that HANDOFF_SOCKET is meant for it. docs/handoff.md. */
    HANDOFF_PID,
    /**
     * The same by the number of its pidfd, which no other process has had since the host was started. Left out where pidfds have no numbers
     * of their own (before Linux 6.9), and by the chain of programs.
     */
    LISTEN_PIDFDID,
    /** Tells a program that it was started by the service manager itself. */
    SYSTEMD_EXEC_PID
}
