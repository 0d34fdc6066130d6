package dev.activator.handoff;

import dev.activator.config.Signal;
import dev.activator.listener.BorrowedFd;
import dev.activator.listener.OwnedFd;
import dev.activator.listener.kernel.LibC;
import dev.activator.listener.kernel.NativeMemory;
import dev.activator.listener.testing.ManualLoop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A loop, a real launcher and what tests ask of real processes; ends all of them with the test. */
final class Rig implements AutoCloseable {
    static final String UNIT = "test.service";
    static final int NOBODY = 65534;
    private static final int O_RDWR_CREAT_CLOEXEC = 02 | 0100 | 02000000;

    final ManualLoop loop = new ManualLoop();
    final Children children = new Children(loop);
    final Launcher launcher;
    private final List<ChildProcess> launched = new ArrayList<>();
    private final List<OwnedFd> fds = new ArrayList<>();

    /** How launch plans are carried out. */
    enum Way {
        IN_ONE_STAGE,
        THROUGH_SYSTEM_TOOLS
    }

    /** The way that this host allows. */
    Rig() {
        this(Way.IN_ONE_STAGE);
    }

    Rig(Way way) {
        launcher = Launchers.choose(children, way == Way.THROUGH_SYSTEM_TOOLS).launcher();
    }

    /** With other tools, or another idea of what a child inherits, than the host's. */
    Rig(HostTools tools, Inherited inherited) {
        launcher = new ChainLauncher(children, tools, inherited);
    }

    static LaunchPlanBuilder sleeper() {
        return LaunchPlan.of(UNIT, "/bin/sleep").arguments("1000");
    }

    static LaunchPlanBuilder shell(String script) {
        return LaunchPlan.of(UNIT, "/bin/sh").arguments("-c", script);
    }

    static boolean isRoot() {
        return Inherited.ofThisProcess().maySetUser();
    }

    ChildProcess launch(LaunchPlanBuilder plan) throws LaunchFailure {
        ChildProcess child = launcher.launch(plan.build());
        launched.add(child);
        return child;
    }

    /** Launches and waits until the program itself runs and, its libraries loaded, sleeps. */
    ChildProcess run(LaunchPlanBuilder plan) throws LaunchFailure {
        ChildProcess child = launch(plan);
        loop.runUntil(() -> child.hasExecuted() && isAsleep(child.pid()));
        return child;
    }

    /** Launches and waits for the end. */
    ExitStatus runToEnd(LaunchPlanBuilder plan) throws LaunchFailure {
        return waitFor(launch(plan));
    }

    /** Why the plan's program never ran, whether that was found out before there was a child or by the child. */
    String failure(LaunchPlanBuilder plan) {
        try {
            ExitStatus exit = runToEnd(plan);
            if (exit instanceof ExitStatus.NeverExecuted failed) {
                return failed.description();
            }
            throw new AssertionError("the program ran, and " + exit);
        } catch (LaunchFailure failure) {
            return String.valueOf(failure.getMessage());
        }
    }

    ExitStatus waitFor(ChildProcess child) {
        List<ExitStatus> exits = new ArrayList<>();
        child.onExit(exits::add);
        loop.runUntil(() -> !exits.isEmpty());
        return exits.get(0);
    }

    /** What a shell script prints when it runs as planned. */
    String output(LaunchPlanBuilder plan, Path directory) throws LaunchFailure, IOException {
        Path file = directory.resolve("output");
        ExitStatus exit = runToEnd(plan.fd(new FdMapping(1, open(file), FdMapping.Blocking.AS_IS)));
        if (!exit.isSuccess()) {
            throw new AssertionError("the script " + exit);
        }
        return Files.readString(file);
    }

    /** An open file that the rig closes. */
    BorrowedFd open(Path file) {
        int fd = LibC.open(NativeMemory.ofString(file.toString()), O_RDWR_CREAT_CLOEXEC, 0666);
        if (fd < 0) {
            throw new AssertionError("cannot open " + file + ": errno " + LibC.errno());
        }
        return own(fd, file.toString());
    }

    BorrowedFd own(int fd, String purpose) {
        OwnedFd owned = OwnedFd.adopt(fd, purpose);
        fds.add(owned);
        return owned.lend();
    }

    /** Targets of the process's descriptors by number. */
    static Map<Integer, String> fdsOf(ChildProcess child) throws IOException {
        Map<Integer, String> found = new TreeMap<>();
        try (var entries = Files.newDirectoryStream(Path.of("/proc", Integer.toString(child.pid()), "fd"))) {
            for (Path entry : entries) {
                found.put(
                        Integer.parseInt(entry.getFileName().toString()),
                        Files.readSymbolicLink(entry).toString());
            }
        }
        return found;
    }

    static String proc(ChildProcess child, String file) throws IOException {
        byte[] bytes = Files.readAllBytes(Path.of("/proc", Integer.toString(child.pid()), file));
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** One line of /proc/PID/status, without its title. */
    static String status(ChildProcess child, String title) throws IOException {
        return proc(child, "status")
                .lines()
                .filter(line -> line.startsWith(title + ":"))
                .findFirst()
                .map(line -> line.substring(title.length() + 1).trim())
                .orElseThrow();
    }

    static Map<String, String> environmentOf(ChildProcess child) throws IOException {
        Map<String, String> found = new TreeMap<>();
        for (String entry : proc(child, "environ").split("\0", -1)) {
            if (!entry.isEmpty()) {
                found.put(entry.substring(0, entry.indexOf('=')), entry.substring(entry.indexOf('=') + 1));
            }
        }
        return found;
    }

    private static boolean isAsleep(int pid) {
        ProcFile.@Nullable Stat stat = ProcFile.stat(pid);
        return stat != null && stat.state() == 'S';
    }

    static boolean isAlive(int pid) {
        ProcFile.@Nullable Stat stat = ProcFile.stat(pid);
        return stat != null && !stat.isZombie();
    }

    @Override
    public void close() {
        for (ChildProcess child : launched) {
            child.close();
            child.signalGroup(Signal.KILL);
        }
        loop.runUntil(() -> children.count() == 0);
        fds.forEach(OwnedFd::close);
        launcher.close();
        loop.close();
    }
}
