package dev.activator.server;

import dev.activator.config.ActivatorDirectives;
import dev.activator.config.CommandLine;
import dev.activator.config.ExecDirectives;
import dev.activator.config.NotifyAccess;
import dev.activator.config.OpenFile;
import dev.activator.config.ServiceDirectives;
import dev.activator.config.ServiceUnit;
import dev.activator.handoff.CgroupLimit;
import dev.activator.handoff.ChildProcess;
import dev.activator.handoff.Children;
import dev.activator.handoff.ExitStatus;
import dev.activator.handoff.LaunchFailure;
import dev.activator.handoff.LaunchStage;
import dev.activator.handoff.Launcher;
import dev.activator.handoff.ProcessTree;
import dev.activator.listener.BorrowedFd;
import dev.activator.listener.Errno;
import dev.activator.listener.OwnedFd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Gathers from the host what a plan needs, has it planned, and launches it. */
final class ServiceLauncher {
    private final Launcher launcher;
    private final Identities identities;
    private final UnitLogs logs;
    private final ServiceDirectories directories;
    private final PrivateDirectories privates;
    private final boolean mayDoWithout;
    private final ExecFiles files;
    private final LaunchPlanner planner = new LaunchPlanner();
    private final InvocationIds invocations = new InvocationIds();
    private final Children children;
    private final String notifySocket;
    private final Deviations deviations;
    private final OutOfMemory outOfMemory;
    /** Trees of past runs in which something still lives, or is just going. */
    private final List<ProcessTree> lingering = new ArrayList<>();

    /** @param mayDoWithout whether services start unconfined where we may not confine them */
    ServiceLauncher(
            Launcher launcher,
            Identities identities,
            UnitLogs logs,
            ServiceDirectories directories,
            PrivateDirectories privates,
            boolean mayDoWithout,
            ExecFiles files,
            Children children,
            String notifySocket,
            Deviations deviations,
            OutOfMemory outOfMemory) {
        this.launcher = launcher;
        this.identities = identities;
        this.logs = logs;
        this.directories = directories;
        this.privates = privates;
        this.mayDoWithout = mayDoWithout;
        this.files = files;
        this.children = children;
        this.notifySocket = notifySocket;
        this.deviations = deviations;
        this.outOfMemory = outOfMemory;
    }

    ChildProcess launchMain(
            ServiceUnit unit,
            CommandLine command,
            List<PassedSocket> sockets,
            @Nullable HandoffEnd handoff,
            ProcessTree tree)
            throws LaunchFailure {
        Map<OpenFile, OwnedFd> opened = files.openFiles(unit);
        try {
            List<PassedSocket> all = new ArrayList<>(sockets);
            opened.forEach((file, fd) -> all.add(PassedSocket.stored(fd.lend(), file.name())));
            return launch(unit, command, all, handoff, new TreeMap<>(), tree);
        } finally {
            opened.values().forEach(OwnedFd::close);
        }
    }

    ChildProcess launchControl(
            ServiceUnit unit, CommandLine command, ServiceRun run, @Nullable Integer mainPid, ProcessTree tree)
            throws LaunchFailure {
        Map<String, String> situation = new TreeMap<>();
        if (mainPid != null) {
            situation.put("MAINPID", String.valueOf(mainPid));
        }
        ExitStatus ended = run.mainStatus();
        if (ended != null) {
            situation.put("SERVICE_RESULT", run.result().word());
            situation.putAll(exitVariables(ended));
        }
        return launch(unit, command, List.of(), null, situation, tree);
    }

    private static Map<String, String> exitVariables(ExitStatus status) {
        if (status instanceof ExitStatus.Signaled signaled) {
            String code = signaled.coreDumped() ? "dumped" : "killed";
            String signal = signaled.signal().name();
            return Map.of("EXIT_CODE", code, "EXIT_STATUS", signal.startsWith("SIG") ? signal.substring(3) : signal);
        }
        return status instanceof ExitStatus.Exited exited
                ? Map.of("EXIT_CODE", "exited", "EXIT_STATUS", String.valueOf(exited.code()))
                : Map.of();
    }

    private ChildProcess launch(
            ServiceUnit unit,
            CommandLine command,
            List<PassedSocket> sockets,
            @Nullable HandoffEnd handoff,
            Map<String, String> situation,
            ProcessTree tree)
            throws LaunchFailure {
        LaunchInputs.Identity identity = identities.of(unit);
        Confinement.Places places = Confinement.isWanted(unit) ? places(unit) : Confinement.Places.NONE;
        situation.put("INVOCATION_ID", invocations.next());
        situation.putAll(directories.make(unit, identity));
        situation.putAll(notifyVariables(unit));
        Map<Integer, OwnedFd> opened = files.openStandardFiles(unit);
        try {
            Map<Integer, BorrowedFd> lent = new HashMap<>();
            opened.forEach((target, fd) -> lent.put(target, fd.lend()));
            deviations.tell(unit, limited(unit, tree));
            LaunchInputs inputs = new LaunchInputs(
                    files.executable(unit, command),
                    sockets,
                    handoff,
                    identity,
                    files.environment(unit),
                    passed(unit),
                    situation,
                    lent,
                    logs.of(unit).writeEnd(),
                    tree.toJoin(),
                    places);
            ChildProcess child = launcher.launch(planner.plan(unit, command, inputs));
            tree.joined(child);
            deviations.tell(unit, child.deviations());
            return child;
        } catch (SocketWords.NoSuchSocket unknown) {
            throw new LaunchFailure(LaunchStage.SPAWN, Errno.ENOENT, String.valueOf(unknown.getMessage()));
        } finally {
            opened.values().forEach(OwnedFd::close);
        }
    }

    /** Before the first process of a run. */
    private static List<String> limited(ServiceUnit unit, ProcessTree tree) {
        List<CgroupLimit> limits = CgroupLimits.of(unit);
        return limits.isEmpty() || tree.isPopulated() ? List.of() : tree.limit(limits);
    }

    private Confinement.Places places(ServiceUnit unit) throws LaunchFailure {
        return new Confinement.Places(
                privates.workshop(unit),
                privates.tmp(unit),
                directories.own(unit),
                mayDoWithout || unit.get(ActivatorDirectives.ALLOW_UNSUPPORTED_HARDENING));
    }

    private Map<String, String> notifyVariables(ServiceUnit unit) {
        Map<String, String> variables = new TreeMap<>();
        if (unit.get(ServiceDirectives.NOTIFY_ACCESS) != NotifyAccess.NONE) {
            variables.put("NOTIFY_SOCKET", notifySocket);
        }
        Duration watchdog = unit.get(ServiceDirectives.WATCHDOG);
        if (!watchdog.isZero()) {
            variables.put("WATCHDOG_USEC", String.valueOf(watchdog.toNanos() / 1000));
        }
        return variables;
    }

    private static Map<String, String> passed(ServiceUnit unit) {
        Map<String, String> variables = new TreeMap<>();
        for (String name : unit.get(ExecDirectives.PASS_ENVIRONMENT)) {
            String value = System.getenv(name);
            if (value != null) {
                variables.put(name, value);
            }
        }
        return variables;
    }

    /** How a process ended, for people. */
    String explain(ExitStatus status) {
        return outOfMemory.explain(status);
    }

    /** Watches a process that a service calls its own; empty where there is none of that pid. */
    Optional<ChildProcess> adopt(int pid) {
        return children.adopt(pid);
    }

    /** A run is over; its tree goes as soon as nothing lives in it. */
    void ended(ServiceUnit unit, @Nullable ProcessTree tree) {
        directories.remove(unit);
        privates.remove(unit);
        if (tree != null) {
            lingering.add(tree);
        }
        lingering.removeIf(ProcessTree::remove);
    }
}
