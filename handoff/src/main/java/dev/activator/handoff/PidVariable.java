package dev.activator.handoff;

/** An environment variable whose value must be the pid of the program itself, known only after the spawn. systemd.exec(5). */
public enum PidVariable {
    /** Tells a program that LISTEN_FDS is meant for it. sd_listen_fds(3). */
    LISTEN_PID,
    /** Tells a program that WATCHDOG_USEC is meant for it. sd_watchdog_enabled(3). */
    WATCHDOG_PID,
    /** Tells a program that HANDOFF_SOCKET is meant for it. docs/handoff.md. */
    HANDOFF_PID,
    /** Tells a program that it was started by the service manager itself. */
    SYSTEMD_EXEC_PID
}
