package dev.activator.handoff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The one shell stage of a chain. Its script is constant: every value is an argument, an empty one meaning that its step is not
 * wanted. A step that fails ends the shell with systemd's exit code for it.
 *
 * <p>First the shell renames its process to {@value #COMM}, and the exec of whatever comes next renames it again. A process that
 * exits under this name has therefore never come past the shell, whatever its code; no program's own exit can be taken for a
 * failed step, and no descriptor is needed to tell.
 */
final class ShellStage {
    /** The name that systemd, too, uses (with the program's name) for a child that is still being set up. */
    static final String COMM = "(activator)";

    /** Variables that a shell sets, changes or drops by itself, so that they cannot travel through one. */
    static final Set<String> OWN_VARIABLES = Set.of(
            "PWD",
            "OLDPWD",
            "SHLVL",
            "_",
            "IFS",
            "PPID",
            "OPTIND",
            "LINENO",
            "PS1",
            "PS2",
            "PS4",
            "ENV",
            "BASH_ENV",
            "SHELLOPTS",
            "BASHOPTS",
            "MAILPATH",
            "MAIL");

    /** 1 cgroup, 2 OOM adjustment, 3 and 4 soft and hard limit of open files, 5 umask, 6 to 9 names of pid variables. */
    private static final int VALUES = 9;

    private static final String SCRIPT = """
            { echo '(activator)' >/proc/$$/comm; } 2>/dev/null
            [ -z "$1" ] || echo 0 >"$1/cgroup.procs" || exit 219
            [ -z "$2" ] || echo "$2" >/proc/$$/oom_score_adj || exit 206
            [ -z "$3" ] || { ulimit -S -n "$3" && ulimit -H -n "$4"; } 2>/dev/null || { ulimit -H -n "$4" && ulimit -S -n "$3"; } || exit 205
            [ -z "$5" ] || umask "$5" || exit 1
            [ -z "$6" ] || export "$6=$$"
            [ -z "$7" ] || export "$7=$$"
            [ -z "$8" ] || export "$8=$$"
            [ -z "$9" ] || export "$9=$$"
            shift 9
            unset PWD OLDPWD SHLVL
            exec "$@"
            """;

    private static final Map<Integer, LaunchStage> FAILURES = Map.of(
            219, LaunchStage.CGROUP,
            206, LaunchStage.OOM_ADJUST,
            205, LaunchStage.LIMITS);

    private final String[] values = new String[VALUES];

    ShellStage() {
        Arrays.fill(values, "");
    }

    void joinCgroup(CgroupPath path) {
        values[0] = path.toString();
    }

    void adjustOomScore(int adjustment) {
        values[1] = Integer.toString(adjustment);
    }

    void limitOpenFiles(String soft, String hard) {
        values[2] = soft;
        values[3] = hard;
    }

    void umask(int mask) {
        values[4] = "0" + Integer.toOctalString(mask);
    }

    void pidVariables(Set<PidVariable> variables) {
        int next = 5;
        for (PidVariable variable : variables) {
            if (variable != PidVariable.LISTEN_PIDFDID) {
                values[next++] = variable.name();
            }
        }
    }

    ExecStage stage(String shell) {
        List<String> command = new ArrayList<>(List.of(shell, "-c", SCRIPT, "activator"));
        command.addAll(List.of(values));
        return new ExecStage(COMM, command, FAILURES);
    }
}
