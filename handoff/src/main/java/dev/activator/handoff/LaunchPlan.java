package dev.activator.handoff;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a child is to be, as pure data: what a {@link Launcher} makes of it is a process with exactly these
 * descriptors, this environment, these credentials and limits. Every child leads a session of its own and starts with no
 * blocked signal and default dispositions, but for SIGPIPE.
 *
 * @param unit whose it is, as messages name it: {@code web.service}
 * @param executable absolute path
 * @param argv at least one; the first may differ from the executable (ExecStart=@)
 * @param environment the whole of it, but for the {@code pidVariables}; given away by the caller
 * @param fds targets 0 to 2 as wanted and then 3, 4, 5… without a gap; a standard stream that is not mapped is /dev/null
 * @param pidVariables variables that are set to the program's own pid
 * @param context what it runs under
 * @param cgroup what it joins before anything else happens, null: it stays in the super-server's
 */
public record LaunchPlan(
        String unit,
        String executable,
        List<String> argv,
        SortedMap<String, String> environment,
        List<FdMapping> fds,
        Set<PidVariable> pidVariables,
        ExecContext context,
        @Nullable CgroupPath cgroup) {

    public LaunchPlan {
        argv = List.copyOf(argv);
        environment = Collections.unmodifiableSortedMap(environment);
        fds = inOrder(fds);
        pidVariables = Set.copyOf(pidVariables);
        if (!executable.startsWith("/")) {
            throw defect(unit, "executable '" + executable + "' is not absolute");
        }
        if (argv.isEmpty()) {
            throw defect(unit, "argv is empty");
        }
        requireNoNul(unit, executable, argv, environment);
        requireDense(unit, fds);
    }

    /** Starts a plan of that program with no argument, an empty environment and systemd's defaults for everything else. */
    public static LaunchPlanBuilder of(String unit, String executable) {
        return new LaunchPlanBuilder(unit, executable);
    }

    private static List<FdMapping> inOrder(List<FdMapping> fds) {
        if (isInOrder(fds)) {
            return List.copyOf(fds);
        }
        FdMapping[] sorted = fds.toArray(new FdMapping[0]);
        Arrays.sort(sorted, Comparator.comparingInt(FdMapping::target));
        return List.of(sorted);
    }

    private static boolean isInOrder(List<FdMapping> fds) {
        int before = -1;
        for (FdMapping mapping : fds) {
            if (mapping.target() < before) {
                return false;
            }
            before = mapping.target();
        }
        return true;
    }

    private static void requireNoNul(String unit, String executable, List<String> argv, Map<String, String> variables) {
        if (executable.indexOf(0) >= 0) {
            throw defect(unit, "a path has a NUL in it");
        }
        for (String argument : argv) {
            if (argument.indexOf(0) >= 0) {
                throw defect(unit, "an argument has a NUL in it");
            }
        }
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            String name = variable.getKey();
            if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf(0) >= 0) {
                throw defect(unit, "bad variable name " + name);
            }
            if (variable.getValue().indexOf(0) >= 0) {
                throw defect(unit, "variable " + name + " has a NUL in it");
            }
        }
    }

    /** {@code fds} in the order of their targets. */
    private static void requireDense(String unit, List<FdMapping> fds) {
        int before = -1;
        int next = 3;
        for (FdMapping mapping : fds) {
            int target = mapping.target();
            if (target == before) {
                throw defect(unit, "two descriptors are mapped to " + target);
            }
            if (target >= 3 && target != next++) {
                throw defect(unit, "nothing is mapped to " + (next - 1) + " but to one above it");
            }
            before = target;
        }
    }

    private static IllegalArgumentException defect(String unit, String message) {
        return new IllegalArgumentException("launch plan of " + unit + ": " + message);
    }
}
