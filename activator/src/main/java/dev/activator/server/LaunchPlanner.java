package dev.activator.server;

import dev.activator.config.CommandLine;
import dev.activator.config.ExecDirectives;
import dev.activator.config.LimitName;
import dev.activator.config.ResourceLimit;
import dev.activator.config.SandboxDirectives;
import dev.activator.config.ServiceDirectives;
import dev.activator.config.ServiceUnit;
import dev.activator.config.Settings;
import dev.activator.config.SocketReferences;
import dev.activator.config.WorkingDirectory;
import dev.activator.handoff.ExecContext;
import dev.activator.handoff.FdMapping;
import dev.activator.handoff.LaunchPlan;
import dev.activator.handoff.LaunchPlanBuilder;
import dev.activator.handoff.ListenFds;
import dev.activator.handoff.PidVariable;
import dev.activator.listener.BorrowedFd;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes the launch plan of one command of a service; pure but for a memory of what all launches of a command have in common, which is worked
 * out once. For the loop's thread. systemd.exec(5).
 */
final class LaunchPlanner {
    static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    /** A service's open files unless it says otherwise; a JVM raises its own limit, so a child must not inherit it. systemd's default. */
    private static final ResourceLimit OPEN_FILES = new ResourceLimit(1024, 524_288);

    /** By the settings, which all instances of most templates share. */
    private final IdentityHashMap<Settings, Outline> outlines = new IdentityHashMap<>();

    private static final int KEPT_OUTLINES = 64;

    /**
     * What is the same at each launch of a command.
     *
     * @param privileges of the command; those of another one may be others
     * @param identity as it was then; another one makes another outline
     * @param context what its process runs under
     * @param environment what does not depend on the run
     */
    private record Outline(
            CommandLine.Privileges privileges,
            LaunchInputs.@Nullable Identity identity,
            ExecContext context,
            NavigableMap<String, String> environment) {}

    LaunchPlan plan(ServiceUnit unit, CommandLine command, LaunchInputs inputs) {
        SocketWords words = new SocketWords(unit, inputs.sockets());
        boolean isMain = unit.get(ServiceDirectives.EXEC_START).contains(command);
        SocketReferences.Sockets references = isMain ? words : SocketReferences.NONE;
        Outline outline = outline(unit, command, inputs);
        NavigableMap<String, String> environment = environment(unit, inputs, outline, references);
        LaunchPlanBuilder plan = LaunchPlan.of(unit.name().toString(), inputs.executable())
                .argv(argv(command, inputs, environment, references))
                .fds(StreamPlan.of(unit, inputs).mappings())
                .context(outline.context())
                .cgroup(inputs.cgroup());
        if (!words.isStandardInput() && !inputs.sockets().isEmpty()) {
            plan.fds(listenFds(unit, inputs.sockets()));
        }
        environment.putAll(words.variables());
        if (words.speaksOfSystemd()) {
            plan.pidVariable(PidVariable.LISTEN_PID);
        }
        if (words.speaksOfPidfd()) {
            plan.pidVariable(PidVariable.LISTEN_PIDFDID);
        }
        handoff(words, inputs, plan, environment);
        if (environment.containsKey("WATCHDOG_USEC")) {
            plan.pidVariable(PidVariable.WATCHDOG_PID);
        }
        unit.get(ExecDirectives.UNSET_ENVIRONMENT).forEach(environment::remove);
        return plan.wholeEnvironment(environment).build();
    }

    private Outline outline(ServiceUnit unit, CommandLine command, LaunchInputs inputs) {
        Outline known = outlines.get(unit.settings());
        if (known != null
                && known.privileges() == command.privileges()
                && Objects.equals(known.identity(), inputs.identity())) {
            return known;
        }
        Outline fresh =
                new Outline(command.privileges(), inputs.identity(), context(unit, command, inputs), lasting(inputs));
        // What a sandbox needs is made for each run.
        if (inputs.places().areNone()) {
            if (outlines.size() >= KEPT_OUTLINES) {
                outlines.clear();
            }
            outlines.put(unit.settings(), fresh);
        }
        return fresh;
    }

    private static ExecContext context(ServiceUnit unit, CommandLine command, LaunchInputs inputs) {
        LaunchPlanBuilder plan = LaunchPlan.of(unit.name().toString(), inputs.executable())
                .umask(unit.get(ExecDirectives.UMASK))
                .nice(unit.get(ExecDirectives.NICE).orElse(null))
                .oomScoreAdjust(unit.get(ExecDirectives.OOM_SCORE_ADJUST).orElse(null))
                .ignoreSigpipe(unit.get(ExecDirectives.IGNORE_SIGPIPE));
        workingDirectory(unit, inputs, plan);
        restrict(unit, command, inputs, plan);
        return plan.context();
    }

    private static List<String> argv(
            CommandLine command,
            LaunchInputs inputs,
            Map<String, String> environment,
            SocketReferences.Sockets sockets) {
        if (!command.viaShell()) {
            return command.argv(environment, sockets);
        }
        return List.of(inputs.executable(), "-c", String.join(" ", command.rawArgs()));
    }

    /** Shells of users that nobody logs in as. systemd's is_nologin_shell() */
    private static final Set<String> NO_SHELLS = Set.of(
            "/bin/nologin",
            "/sbin/nologin",
            "/usr/bin/nologin",
            "/usr/sbin/nologin",
            "/bin/false",
            "/usr/bin/false",
            "/bin/true",
            "/usr/bin/true");

    /** Later ones win: what the user is, PassEnvironment=. */
    private static NavigableMap<String, String> lasting(LaunchInputs inputs) {
        NavigableMap<String, String> environment = new TreeMap<>();
        environment.put("PATH", PATH);
        environment.put("LANG", "C.UTF-8");
        LaunchInputs.Identity identity = inputs.identity();
        if (identity != null) {
            environment.put("USER", identity.name());
            environment.put("LOGNAME", identity.name());
            // As systemd does: neither says anything of a user who has none.
            if (!identity.home().equals("/")) {
                environment.put("HOME", identity.home());
            }
            if (!NO_SHELLS.contains(identity.shell())) {
                environment.put("SHELL", identity.shell());
            }
        }
        environment.putAll(inputs.passed());
        return environment;
    }

    /** Environment= and EnvironmentFile= win over what lasts, and that over what we know of the run. */
    private static NavigableMap<String, String> environment(
            ServiceUnit unit, LaunchInputs inputs, Outline outline, SocketReferences.Sockets sockets) {
        NavigableMap<String, String> environment = new TreeMap<>(outline.environment());
        for (Map.Entry<String, String> own :
                unit.get(ExecDirectives.ENVIRONMENT).entrySet()) {
            environment.put(own.getKey(), SocketReferences.replace(own.getValue(), sockets));
        }
        for (PassedSocket socket : inputs.sockets()) {
            putIfAbsent(environment, socket.environment());
        }
        putIfAbsent(environment, inputs.situation());
        environment.putAll(inputs.environmentFiles());
        return environment;
    }

    private static void putIfAbsent(Map<String, String> environment, Map<String, String> variables) {
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            environment.putIfAbsent(variable.getKey(), variable.getValue());
        }
    }

    private static List<FdMapping> listenFds(ServiceUnit unit, List<PassedSocket> sockets) {
        List<BorrowedFd> fds = new ArrayList<>(sockets.size());
        for (PassedSocket socket : sockets) {
            fds.add(socket.fd());
        }
        List<FdMapping> mappings = new ArrayList<>(sockets.size());
        for (FdMapping mapping : ListenFds.mappings(fds, blocking(unit))) {
            boolean isStored = sockets.get(mappings.size()).isStored();
            mappings.add(isStored ? new FdMapping(mapping.target(), mapping.fd(), FdMapping.Blocking.AS_IS) : mapping);
        }
        return mappings;
    }

    /** Behind the sockets of LISTEN_FDS, of which it is none; blocking, since NonBlocking= is meant for what clients are connected to. */
    private static void handoff(
            SocketWords words, LaunchInputs inputs, LaunchPlanBuilder plan, Map<String, String> environment) {
        HandoffEnd handoff = inputs.handoff();
        if (handoff != null) {
            int number = words.nextNumber();
            plan.fd(new FdMapping(number, handoff.fd(), FdMapping.Blocking.BLOCKING))
                    .pidVariable(PidVariable.HANDOFF_PID);
            environment.put("HANDOFF_SOCKET", Integer.toString(number));
            environment.put("HANDOFF_REPORTS", handoff.isReported() ? "ended" : "");
        }
    }

    /** A service gets blocking sockets unless NonBlocking= asks otherwise, whatever we use ourselves. */
    static FdMapping.Blocking blocking(ServiceUnit unit) {
        return unit.get(ServiceDirectives.NON_BLOCKING) ? FdMapping.Blocking.NONBLOCKING : FdMapping.Blocking.BLOCKING;
    }

    private static void workingDirectory(ServiceUnit unit, LaunchInputs inputs, LaunchPlanBuilder plan) {
        WorkingDirectory directory =
                unit.get(ExecDirectives.WORKING_DIRECTORY).orElse(new WorkingDirectory("/", false));
        LaunchInputs.Identity identity = inputs.identity();
        String home = identity == null ? "/root" : identity.home();
        String path = directory.isHome() ? home : directory.path();
        if (directory.optional()) {
            plan.workingDirectoryIfPossible(path);
        } else {
            plan.workingDirectory(path);
        }
    }

    /** What takes rights away; the prefixes + and ! of a command lift it. */
    private static void restrict(ServiceUnit unit, CommandLine command, LaunchInputs inputs, LaunchPlanBuilder plan) {
        Map<LimitName, ResourceLimit> limits = new EnumMap<>(LimitName.class);
        limits.put(LimitName.NOFILE, OPEN_FILES);
        limits.putAll(unit.limits());
        plan.limits(limits);
        if (command.privileges() == CommandLine.Privileges.FULL) {
            return;
        }
        boolean isDynamic = unit.get(SandboxDirectives.DYNAMIC_USER);
        plan.noNewPrivileges(unit.get(ExecDirectives.NO_NEW_PRIVILEGES) || isDynamic);
        if (Confinement.isWanted(unit)) {
            plan.boundingSet(Confinement.boundingSet(unit));
            plan.ambientSet(Confinement.ambientSet(unit));
            Confinement.steps(unit, inputs.places()).forEach(plan::step);
            plan.unconfinedIfNeeded(inputs.places().mayDoWithout());
        }
        LaunchInputs.Identity identity = inputs.identity();
        if (identity != null && command.privileges() == CommandLine.Privileges.UNIT) {
            plan.credentials(identity.credentials());
        }
    }
}
