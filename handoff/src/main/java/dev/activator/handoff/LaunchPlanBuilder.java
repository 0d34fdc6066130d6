package dev.activator.handoff;

import dev.activator.config.LimitName;
import dev.activator.config.ResourceLimit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Collects a {@link LaunchPlan}; the plan's record says what each part means. Not for sharing between threads. */
public final class LaunchPlanBuilder {
    private final String unit;
    private final String executable;
    private List<String> argv;
    private SortedMap<String, String> environment = new TreeMap<>();
    private final List<FdMapping> fds = new ArrayList<>();
    private final Set<PidVariable> pidVariables = EnumSet.noneOf(PidVariable.class);
    private final Map<LimitName, ResourceLimit> limits = new EnumMap<>(LimitName.class);
    private @Nullable Credentials credentials;
    private int umask = 022;
    private String workingDirectory = "/";
    private boolean workingDirectoryOptional;
    private @Nullable Integer nice;
    private @Nullable Integer oomScoreAdjust;
    private boolean noNewPrivileges;
    private boolean ignoreSigpipe = true;
    private @Nullable Set<Capability> boundingSet;
    private Set<Capability> ambientSet = Set.of();
    private final List<HostStep> steps = new ArrayList<>();
    private boolean unconfinedIfNeeded;
    private @Nullable CgroupPath cgroup;
    private @Nullable ExecContext context;

    LaunchPlanBuilder(String unit, String executable) {
        this.unit = unit;
        this.executable = executable;
        this.argv = List.of(executable);
    }

    /** The whole vector, argv[0] included. */
    public LaunchPlanBuilder argv(List<String> vector) {
        argv = vector;
        return this;
    }

    /** The arguments after argv[0], which is the executable's path. */
    public LaunchPlanBuilder arguments(String... arguments) {
        argv = new ArrayList<>(List.of(executable));
        argv.addAll(List.of(arguments));
        return this;
    }

    public LaunchPlanBuilder environment(Map<String, String> variables) {
        environment.putAll(variables);
        return this;
    }

    /** The whole of it; the caller gives the map away. */
    public LaunchPlanBuilder wholeEnvironment(SortedMap<String, String> variables) {
        environment = variables;
        return this;
    }

    public LaunchPlanBuilder environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    public LaunchPlanBuilder fd(FdMapping mapping) {
        fds.add(mapping);
        return this;
    }

    public LaunchPlanBuilder fds(List<FdMapping> mappings) {
        fds.addAll(mappings);
        return this;
    }

    public LaunchPlanBuilder pidVariable(PidVariable variable) {
        pidVariables.add(variable);
        return this;
    }

    public LaunchPlanBuilder credentials(@Nullable Credentials who) {
        credentials = who;
        return this;
    }

    public LaunchPlanBuilder umask(int mask) {
        umask = mask;
        return this;
    }

    public LaunchPlanBuilder workingDirectory(String directory) {
        workingDirectory = directory;
        workingDirectoryOptional = false;
        return this;
    }

    /** The directory where it can be entered, else /. */
    public LaunchPlanBuilder workingDirectoryIfPossible(String directory) {
        workingDirectory = directory;
        workingDirectoryOptional = true;
        return this;
    }

    public LaunchPlanBuilder limit(LimitName name, ResourceLimit limit) {
        limits.put(name, limit);
        return this;
    }

    public LaunchPlanBuilder limits(Map<LimitName, ResourceLimit> several) {
        limits.putAll(several);
        return this;
    }

    public LaunchPlanBuilder nice(@Nullable Integer niceness) {
        nice = niceness;
        return this;
    }

    public LaunchPlanBuilder oomScoreAdjust(@Nullable Integer adjustment) {
        oomScoreAdjust = adjustment;
        return this;
    }

    public LaunchPlanBuilder noNewPrivileges(boolean wanted) {
        noNewPrivileges = wanted;
        return this;
    }

    public LaunchPlanBuilder ignoreSigpipe(boolean ignored) {
        ignoreSigpipe = ignored;
        return this;
    }

    public LaunchPlanBuilder boundingSet(@Nullable Set<Capability> capabilities) {
        boundingSet = capabilities;
        return this;
    }

    public LaunchPlanBuilder ambientSet(Set<Capability> capabilities) {
        ambientSet = capabilities;
        return this;
    }

    public LaunchPlanBuilder step(HostStep step) {
        steps.add(step);
        return this;
    }

    public LaunchPlanBuilder unconfinedIfNeeded(boolean allowed) {
        unconfinedIfNeeded = allowed;
        return this;
    }

    public LaunchPlanBuilder cgroup(@Nullable CgroupPath path) {
        cgroup = path;
        return this;
    }

    /** What was made of an earlier builder, instead of what was said of that to this one. */
    public LaunchPlanBuilder context(ExecContext known) {
        context = known;
        return this;
    }

    /**
     * The plan; the builder is of no use afterwards.
     *
     * @throws IllegalArgumentException where it contradicts itself; a defect of whoever planned, not of the unit
     */
    public LaunchPlan build() {
        return new LaunchPlan(unit, executable, argv, environment, fds, pidVariables, context(), cgroup);
    }

    /** What the child runs under, for more launches like this one. */
    public ExecContext context() {
        return context != null
                ? context
                : new ExecContext(
                        credentials,
                        umask,
                        workingDirectory,
                        workingDirectoryOptional,
                        limits,
                        nice,
                        oomScoreAdjust,
                        noNewPrivileges,
                        ignoreSigpipe,
                        boundingSet,
                        ambientSet,
                        steps,
                        unconfinedIfNeeded);
    }
}
