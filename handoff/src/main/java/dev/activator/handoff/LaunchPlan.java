package dev.activator.handoff;

import dev.activator.config.LimitName;
import dev.activator.config.ResourceLimit;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a child is to be, as pure data: what a {@link Launcher} makes of it is a process with exactly these
 * descriptors, this environment, these credentials and limits. Every child leads a session of its own and starts with no
 * blocked signal and default dispositions, but for SIGPIPE.
 *
 * @param unit whose it is, as messages name it: {@code web.service}
 * @param executable absolute path
 * @param argv at least one; the first may differ from the executable (ExecStart=@)
 * @param environment the whole of it, but for the {@code pidVariables}
 * @param fds targets 0 to 2 as wanted and then 3, 4, 5… without a gap; a standard stream that is not mapped is /dev/null
 * @param pidVariables variables that are set to the program's own pid
 * @param credentials null: those of the super-server
 * @param umask 0 to 0777. UMask=
 * @param workingDirectory absolute. WorkingDirectory=
 * @param workingDirectoryOptional whether the child runs in / where the directory cannot be entered (WorkingDirectory=-/x)
 * @param limits what is not named is inherited. LimitNOFILE= and the like
 * @param nice −20 to 19, null: inherited. Nice=
 * @param oomScoreAdjust −1000 to 1000, null: inherited. OOMScoreAdjust=
 * @param noNewPrivileges whether set-user-ID programs and the like lose their power. NoNewPrivileges=
 * @param ignoreSigpipe whether SIGPIPE is ignored. IgnoreSIGPIPE=
 * @param boundingSet the only capabilities that the program can ever have, null: all. CapabilityBoundingSet=
 * @param ambientSet capabilities that it keeps without being root. AmbientCapabilities=
 * @param steps what programs of the host do on the way, in this order; mostly none
 * @param unconfinedIfNeeded whether it starts without capabilities taken away and without a sandbox where this process may not do that
 * @param cgroup what it joins before anything else happens, null: it stays in the super-server's
 */
public record LaunchPlan(
        String unit,
        String executable,
        List<String> argv,
        SortedMap<String, String> environment,
        List<FdMapping> fds,
        Set<PidVariable> pidVariables,
        @Nullable Credentials credentials,
        int umask,
        String workingDirectory,
        boolean workingDirectoryOptional,
        Map<LimitName, ResourceLimit> limits,
        @Nullable Integer nice,
        @Nullable Integer oomScoreAdjust,
        boolean noNewPrivileges,
        boolean ignoreSigpipe,
        @Nullable Set<Capability> boundingSet,
        Set<Capability> ambientSet,
        List<HostStep> steps,
        boolean unconfinedIfNeeded,
        @Nullable CgroupPath cgroup) {

    public LaunchPlan {
        argv = List.copyOf(argv);
        environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
        fds = fds.stream()
                .sorted((a, b) -> Integer.compare(a.target(), b.target()))
                .toList();
        pidVariables = Set.copyOf(pidVariables);
        limits = limits.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(limits));
        boundingSet = boundingSet == null ? null : Set.copyOf(boundingSet);
        ambientSet = Set.copyOf(ambientSet);
        steps = List.copyOf(steps);
        require(executable.startsWith("/"), unit, "executable '" + executable + "' is not absolute");
        require(workingDirectory.startsWith("/"), unit, "directory '" + workingDirectory + "' is not absolute");
        require(!argv.isEmpty(), unit, "argv is empty");
        require((umask & ~0777) == 0, unit, "umask " + Integer.toOctalString(umask) + " is above 0777");
        require(nice == null || (nice >= -20 && nice <= 19), unit, "nice " + nice + " is not in -20..19");
        require(
                oomScoreAdjust == null || (oomScoreAdjust >= -1000 && oomScoreAdjust <= 1000),
                unit,
                "OOM score adjustment " + oomScoreAdjust + " is not in -1000..1000");
        requireNoNul(unit, executable, workingDirectory, argv, environment);
        requireDense(unit, fds);
    }

    /** Starts a plan of that program with no argument, an empty environment and systemd's defaults for everything else. */
    public static LaunchPlanBuilder of(String unit, String executable) {
        return new LaunchPlanBuilder(unit, executable);
    }

    private static void requireNoNul(
            String unit, String executable, String directory, List<String> argv, Map<String, String> environment) {
        require(executable.indexOf(0) < 0 && directory.indexOf(0) < 0, unit, "a path has a NUL in it");
        require(argv.stream().allMatch(a -> a.indexOf(0) < 0), unit, "an argument has a NUL in it");
        environment.forEach((name, value) -> {
            require(!name.isEmpty() && name.indexOf('=') < 0 && name.indexOf(0) < 0, unit, "bad variable name " + name);
            require(value.indexOf(0) < 0, unit, "variable " + name + " has a NUL in it");
        });
    }

    private static void requireDense(String unit, List<FdMapping> fds) {
        Set<Integer> targets = new HashSet<>();
        for (FdMapping mapping : fds) {
            require(targets.add(mapping.target()), unit, "two descriptors are mapped to " + mapping.target());
        }
        long passed = targets.stream().filter(target -> target >= 3).count();
        for (int target = 3; target < 3 + passed; target++) {
            require(targets.contains(target), unit, "nothing is mapped to " + target + " but to one above it");
        }
    }

    private static void require(boolean condition, String unit, String message) {
        if (!condition) {
            throw new IllegalArgumentException("launch plan of " + unit + ": " + message);
        }
    }
}
