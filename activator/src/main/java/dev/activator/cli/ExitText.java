package dev.activator.cli;

import dev.activator.control.MainProcess;
import java.util.Map;

/** How a process ended, as systemctl words it: {@code code=exited, status=203/EXEC}. systemd.exec(5), table of exit statuses. */
final class ExitText {
    private static final Map<Integer, String> STATUSES = Map.ofEntries(
            Map.entry(0, "SUCCESS"),
            Map.entry(1, "FAILURE"),
            Map.entry(2, "INVALIDARGUMENT"),
            Map.entry(3, "NOTIMPLEMENTED"),
            Map.entry(4, "NOPERMISSION"),
            Map.entry(5, "NOTINSTALLED"),
            Map.entry(6, "NOTCONFIGURED"),
            Map.entry(7, "NOTRUNNING"),
            Map.entry(200, "CHDIR"),
            Map.entry(201, "NICE"),
            Map.entry(202, "FDS"),
            Map.entry(203, "EXEC"),
            Map.entry(204, "MEMORY"),
            Map.entry(205, "LIMITS"),
            Map.entry(206, "OOM_ADJUST"),
            Map.entry(207, "SIGNAL_MASK"),
            Map.entry(208, "STDIN"),
            Map.entry(209, "STDOUT"),
            Map.entry(210, "CHROOT"),
            Map.entry(216, "GROUP"),
            Map.entry(217, "USER"),
            Map.entry(218, "CAPABILITIES"),
            Map.entry(219, "CGROUP"),
            Map.entry(220, "SETSID"),
            Map.entry(222, "STDERR"),
            Map.entry(227, "NO_NEW_PRIVILEGES"),
            Map.entry(233, "RUNTIME_DIRECTORY"));

    private static final Map<Integer, String> SIGNALS = Map.ofEntries(
            Map.entry(1, "HUP"),
            Map.entry(2, "INT"),
            Map.entry(3, "QUIT"),
            Map.entry(4, "ILL"),
            Map.entry(5, "TRAP"),
            Map.entry(6, "ABRT"),
            Map.entry(7, "BUS"),
            Map.entry(8, "FPE"),
            Map.entry(9, "KILL"),
            Map.entry(10, "USR1"),
            Map.entry(11, "SEGV"),
            Map.entry(12, "USR2"),
            Map.entry(13, "PIPE"),
            Map.entry(14, "ALRM"),
            Map.entry(15, "TERM"),
            Map.entry(24, "XCPU"),
            Map.entry(25, "XFSZ"),
            Map.entry(31, "SYS"));

    private ExitText() {}

    /** {@code code=killed, signal=KILL}; for a process that has ended. */
    static String of(MainProcess main) {
        if ("exited".equals(main.code())) {
            return "code=exited, status=" + main.status() + "/" + STATUSES.getOrDefault(main.status(), "n/a");
        }
        return "code=" + main.code() + ", signal="
                + SIGNALS.getOrDefault(main.status(), Integer.toString(main.status()));
    }
}
