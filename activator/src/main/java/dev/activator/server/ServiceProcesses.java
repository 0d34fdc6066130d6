package dev.activator.server;

import dev.activator.config.CommandLine;
import dev.activator.config.ExecDirectives;
import dev.activator.config.KillDirectives;
import dev.activator.config.KillMode;
import dev.activator.config.ServiceDirectives;
import dev.activator.config.ServiceType;
import dev.activator.config.ServiceUnit;
import dev.activator.config.Signal;
import dev.activator.config.StandardInput;
import dev.activator.handoff.CgroupPath;
import dev.activator.handoff.ChildProcess;
import dev.activator.handoff.ExitStatus;
import dev.activator.handoff.LaunchFailure;
import dev.activator.handoff.LaunchStage;
import dev.activator.handoff.MemoryReturn;
import dev.activator.handoff.ProcessTree;
import dev.activator.listener.SystemCallException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The processes of one instance: the main one, the command that runs beside it, and whatever they have forked. */
final class ServiceProcesses {
    /** What became of looking for the main process of a Type=forking service. */
    enum Adoption {
        ADOPTED,
        NOT_YET,
        GONE
    }

    private final ServiceLauncher launcher;
    private final SocketSource sockets;
    private final FdStore stored = new FdStore();
    private final Supplier<ProcessTree> trees;
    private ServiceUnit unit;
    private @Nullable ProcessTree tree;
    private @Nullable ChildProcess main;
    private @Nullable ChildProcess control;
    private @Nullable Integer lastMainPid;
    private boolean isHeld;
    private Consumer<ExitStatus> mainExit = status -> {};
    private Consumer<ExitStatus> controlExit = status -> {};
    private Consumer<String> trouble = text -> {};

    ServiceProcesses(ServiceUnit unit, ServiceLauncher launcher, SocketSource sockets, Supplier<ProcessTree> trees) {
        this.unit = unit;
        this.launcher = launcher;
        this.sockets = sockets;
        this.trees = trees;
    }

    void onExits(Consumer<ExitStatus> ofMain, Consumer<ExitStatus> ofControl) {
        mainExit = ofMain;
        controlExit = ofControl;
    }

    /** Hears of what cannot be done to them, for people. */
    void onTrouble(Consumer<String> listener) {
        trouble = listener;
    }

    void redeclare(ServiceUnit declared) {
        unit = declared;
    }

    /** Launches a command of ExecStart= with the sockets; a connection is the child's alone from here on. */
    void launchMain(CommandLine command) throws LaunchFailure {
        List<PassedSocket> passed = new ArrayList<>(sockets.sockets());
        if (!(unit.get(ExecDirectives.STANDARD_INPUT) instanceof StandardInput.Socket)) {
            passed.addAll(stored.passed());
        }
        ChildProcess child = attempt(() -> launcher.launchMain(unit, command, passed, sockets.handoff(), tree()));
        sockets.handedOver();
        setMain(child);
    }

    private interface Launch {
        ChildProcess begin() throws LaunchFailure;
    }

    /** What is lacking on the way to a launch, a descriptor of the log or of a handoff, is lacking for the launch. */
    private static ChildProcess attempt(Launch launch) throws LaunchFailure {
        try {
            return launch.begin();
        } catch (SystemCallException lack) {
            throw new LaunchFailure(LaunchStage.SPAWN, lack.errno(), "starting a process: " + lack.getMessage());
        }
    }

    private void setMain(ChildProcess child) {
        main = child;
        lastMainPid = child.pid();
        child.onExit(status -> mainExited(child, status));
    }

    private void mainExited(ChildProcess child, ExitStatus status) {
        if (tree != null
                && status instanceof ExitStatus.Signaled signaled
                && signaled.signal().equals(Signal.KILL)) {
            tree.wasKilled();
        }
        if (main == child) {
            main = null;
            mainExit.accept(status);
        }
    }

    /** Launches any other command; it gets no socket. */
    void launchControl(CommandLine command, ServiceRun run) throws LaunchFailure {
        ChildProcess child = attempt(() -> launcher.launchControl(unit, command, run, mainPid(), tree()));
        control = child;
        child.onExit(status -> {
            if (control == child) {
                control = null;
                controlExit.accept(status);
            }
        });
    }

    /**
     * Takes another process for the main one: MAINPID=, PIDFile=. One that is not of this instance is nobody's to name, and the command
     * beside the main process is waited for as what it is.
     *
     * @return why it is not taken; empty where it is
     */
    String adoptMain(int pid) {
        ChildProcess before = main;
        if (before != null && before.pid() == pid) {
            return "";
        }
        if (control != null && control.pid() == pid) {
            return "it runs a command beside the main process";
        }
        if (!pids().contains(pid)) {
            return "it is no process of this unit";
        }
        try {
            launcher.adopt(pid).ifPresent(adopted -> {
                if (before != null) {
                    before.close();
                }
                setMain(adopted);
            });
            return "";
        } catch (SystemCallException lack) {
            return "it cannot be watched: " + lack.getMessage();
        }
    }

    /** Looks for the daemon that a Type=forking parent has left: the pid in PIDFile=, else the only process there is. */
    Adoption adoptDaemon() {
        List<Integer> pids = pids();
        if (pids.isEmpty()) {
            return Adoption.GONE;
        }
        if (unit.get(ServiceDirectives.PID_FILE).isPresent()) {
            int pid = PidFile.read(unit.get(ServiceDirectives.PID_FILE).get());
            if (pid <= 0 || !pids.contains(pid)) {
                return Adoption.NOT_YET;
            }
            adoptMain(pid);
        } else if (pids.size() == 1) {
            adoptMain(pids.get(0));
        }
        return Adoption.ADOPTED;
    }

    /** How one of its processes ended, for people. */
    String explain(ExitStatus status) {
        return launcher.explain(status);
    }

    boolean hasExecuted() {
        return main == null || main.hasExecuted();
    }

    /** Whether the service runs: its main process does, or, where a Type=forking service has none that is known, any process. */
    boolean isUp() {
        boolean mainUnknown = unit.get(ServiceDirectives.TYPE) == ServiceType.FORKING;
        return main != null || (mainUnknown && !pids().isEmpty());
    }

    boolean isMainUnknown() {
        return main == null;
    }

    /** Sends a signal as KillMode= says; SIGCONT follows, so that a stopped process gets it, and SIGHUP if asked for. */
    void stop(Signal signal, boolean hangup) {
        KillMode mode = unit.get(KillDirectives.KILL_MODE);
        if (mode == KillMode.CONTROL_GROUP) {
            signalAll(signal);
            signalAll(Signal.CONT);
            if (hangup) {
                signalAll(Signal.HUP);
            }
            return;
        }
        for (ChildProcess process : new ChildProcess[] {mode == KillMode.NONE ? null : main, control}) {
            if (process != null) {
                boolean isSent = send(process, signal);
                if (isSent) {
                    send(process, Signal.CONT);
                }
                if (isSent && hangup) {
                    send(process, Signal.HUP);
                }
            }
        }
    }

    /** False where it has taken rights that are above ours, as a program that is set-user-ID does. kill(2) EPERM. */
    private boolean send(ChildProcess process, Signal signal) {
        try {
            process.signal(signal);
            return true;
        } catch (SystemCallException refused) {
            trouble.accept("cannot send " + signal.name() + " to process " + process.pid() + ": " + refused.errno()
                    + ", waiting for it to end by itself");
            return false;
        }
    }

    private void signalAll(Signal signal) {
        if (tree != null && signal.equals(Signal.KILL)) {
            tree.kill();
        } else if (tree != null) {
            tree.signal(signal);
        }
    }

    /** Takes the CPU from all of them until {@link #thaw}; it takes a moment. */
    void freeze() {
        isHeld = true;
        tree().freeze();
    }

    /** Whether nothing in it runs any more. */
    boolean isFrozen() {
        return isHeld && tree().isFrozen();
    }

    /** Nothing where it is not frozen. */
    void thaw() {
        if (isHeld) {
            isHeld = false;
            tree().thaw();
        }
    }

    /** The way to give back the memory of those that live now. */
    MemoryReturn memoryReturn() {
        return tree().memoryReturn();
    }

    /** Whether some process would run, if only for a moment, after the signal that a stop sends as KillMode= says. */
    boolean outlives(Signal signal) {
        boolean reachesAll = unit.get(KillDirectives.KILL_MODE) == KillMode.CONTROL_GROUP || pids().size() <= 1;
        return !reachesAll || tree().outlives(signal);
    }

    /** Processor time that the instance has used. */
    long cpuNanos() {
        return tree == null ? 0 : tree.cpuNanos();
    }

    /** Sends a signal as an operator asks: to the main process alone, or to every process. */
    void signal(Signal signal, boolean mainOnly) {
        if (!mainOnly) {
            signalAll(signal);
        } else if (main != null) {
            send(main, signal);
        }
    }

    /** The last resort, FinalKillSignal=: all of the tree unless KillMode= spares it. */
    void kill(Signal signal) {
        KillMode mode = unit.get(KillDirectives.KILL_MODE);
        if (mode == KillMode.CONTROL_GROUP || mode == KillMode.MIXED) {
            signalAll(signal);
        } else {
            stop(signal, false);
        }
    }

    /** Whether nothing is left that a stop waits for. */
    boolean isGone() {
        KillMode mode = unit.get(KillDirectives.KILL_MODE);
        if (mode == KillMode.NONE) {
            return true;
        }
        boolean isTracked = main != null || control != null;
        if (!isTracked && mode == KillMode.MIXED) {
            signalAll(Signal.KILL);
        }
        return !isTracked && (mode == KillMode.PROCESS || !isPopulated());
    }

    /** Whether there is nothing to signal. */
    boolean isNobodyLeft() {
        return main == null && control == null && !isHeld && !isPopulated();
    }

    /** What the service has left here for its next start. */
    FdStore stored() {
        return stored;
    }

    /** Ends a run: sockets that were not handed over are closed, directories, the file with the pid and the cgroup are removed. */
    void clear() {
        main = null;
        control = null;
        isHeld = false;
        sockets.abandoned();
        unit.get(ServiceDirectives.PID_FILE).ifPresent(PidFile::remove);
        launcher.ended(unit, tree);
        tree = null;
    }

    private ProcessTree tree() {
        ProcessTree present = tree;
        if (present == null) {
            present = trees.get();
            tree = present;
        }
        return present;
    }

    private boolean isPopulated() {
        return tree != null && tree.isPopulated();
    }

    /** Every process that lives, empty while the service sleeps. */
    List<Integer> pids() {
        return tree == null ? List.of() : tree.pids();
    }

    Optional<String> cgroup() {
        return Optional.ofNullable(tree).map(ProcessTree::cgroup).map(Object::toString);
    }

    /** Where the kernel tells of all of them together; empty where it does not. */
    Optional<Path> cgroupDirectory() {
        return Optional.ofNullable(tree).map(ProcessTree::cgroup).map(CgroupPath::directory);
    }

    @Nullable
    Integer mainPid() {
        return main == null ? null : main.pid();
    }

    /** The pid of the main process that runs or ran last; null before the first. */
    @Nullable
    Integer lastMainPid() {
        return lastMainPid;
    }

    @Nullable
    Integer controlPid() {
        return control == null ? null : control.pid();
    }
}
