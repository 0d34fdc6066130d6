package dev.activator.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.config.Signal;
import dev.activator.handoff.ExitStatus.Exited;
import dev.activator.handoff.ExitStatus.Signaled;
import dev.activator.handoff.kernel.LaunchCode;
import dev.activator.listener.kernel.NativeFunction;
import dev.activator.listener.kernel.NativeMemory;
import dev.activator.listener.testing.FdLeakCheck;
import dev.activator.listener.testing.OpenFds;
import dev.activator.listener.testing.ZombieCheck;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith({FdLeakCheck.class, ZombieCheck.class})
final class OrphansTest {
    @TempDir
    Path directory;

    private final Rig rig = new Rig();
    private final Orphans orphans = Orphans.adoptAll(rig.loop, rig.children);

    @AfterEach
    void stop() {
        // An orphan that is ours and ends later would be nobody's to collect.
        rig.loop.runUntil(() -> orphansAlive() == 0);
        orphans.close();
        rig.close();
    }

    private long orphansAlive() {
        int self = Math.toIntExact(ProcessHandle.current().pid());
        int session = rig.children.calls().session(0);
        return ProcFile.all().stream()
                .filter(process -> process.parent() == self && process.session() != session)
                .count();
    }

    @Test
    void orphansOfDeadServicesAreCollected() throws Exception {
        for (int i = 0; i < 10; i++) {
            rig.runToEnd(
                    Rig.shell("(sleep 0.05; exit 3) & (sleep 0.01) & exit 0").environment("PATH", "/usr/bin:/bin"));
        }
        // Each shell leaves two subshells; where the shell execs its last command those are all, else each has a sleep
        // of its own.
        rig.loop.runUntil(() -> orphans.collected() >= 20);
        rig.loop.runUntil(() -> ZombieCheck.zombies().isEmpty());
    }

    @Test
    void whoAsksIsToldThatOrphansHaveEnded() throws Exception {
        List<Long> told = new ArrayList<>();
        orphans.onCollected(() -> told.add(orphans.collected()));
        rig.runToEnd(Rig.shell("exit 0"));
        assertThat(told).isEmpty();

        rig.runToEnd(Rig.shell("(exec sleep 0.01) & exit 0").environment("PATH", "/usr/bin:/bin"));
        rig.loop.runUntil(() -> !told.isEmpty());

        assertThat(told).containsExactly(1L);
    }

    @Test
    void launchedChildrenKeepTheirStatusWhileOrphansAreCollected() throws Exception {
        List<ExitStatus> told = new ArrayList<>();
        List<ExitStatus> expected = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            rig.launch(Rig.shell("(exit 9) & exit " + i)).onExit(told::add);
            expected.add(new Exited(i));
        }
        rig.loop.runUntil(() -> told.size() == 40);

        assertThat(told).containsExactlyInAnyOrderElementsOf(expected);
        rig.loop.runUntil(() -> ZombieCheck.zombies().isEmpty());
    }

    @Test
    void processesThatTheJvmStartedKeepTheirStatus() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            processes.add(new ProcessBuilder("/bin/sh", "-c", "exit " + i).start());
            rig.loop.runReady();
        }
        for (int i = 0; i < 20; i++) {
            Process process = processes.get(i);
            rig.loop.runUntil(() -> !process.isAlive());
            assertThat(process.exitValue()).isEqualTo(i);
        }
    }

    @Test
    void adoptedOrphanTellsItsStatus() throws Exception {
        Path pidFile = directory.resolve("pid");
        rig.runToEnd(Rig.shell("(while [ ! -e '" + pidFile + ".go' ]; do sleep 0.01; done; exit 42) & echo $! > '"
                        + pidFile + "'")
                .environment("PATH", "/usr/bin:/bin"));
        ChildProcess daemon = rig.children
                .adopt(Integer.parseInt(Files.readString(pidFile).trim()))
                .orElseThrow();

        Files.createFile(directory.resolve("pid.go"));

        assertThat(rig.waitFor(daemon)).isEqualTo(new Exited(42));
    }

    @Test
    void everyExitIsToldOnceThoughWhoIsToldFails() throws Exception {
        List<Throwable> failures = new ArrayList<>();
        rig.loop.onCallbackFailure((purpose, failure) -> failures.add(failure));
        List<ChildProcess> children = new ArrayList<>();
        List<Integer> told = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ChildProcess child = rig.run(Rig.sleeper());
            child.onExit(status -> {
                told.add(child.pid());
                throw new IllegalStateException("broken");
            });
            children.add(child);
        }
        children.forEach(child -> child.signal(Signal.KILL));
        while (children.stream().anyMatch(child -> Rig.isAlive(child.pid()))) {
            Thread.onSpinWait();
        }
        rig.loop.runReady();
        assertThat(told)
                .containsExactlyInAnyOrderElementsOf(
                        children.stream().map(ChildProcess::pid).toList());
        assertThat(failures).hasSize(5);
    }

    /** Descriptors are what a rush of clients uses up first; with 10,000 connections each process would take one more. */
    @Test
    void aLaunchedProcessWhoseExitIsToldTakesNoDescriptor() throws Exception {
        int perProcess = LaunchCode.load().isPresent() ? 0 : 1;
        rig.runToEnd(Rig.shell("exit 0"));
        OpenFds before = OpenFds.now();
        List<ChildProcess> sleepers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            sleepers.add(rig.run(Rig.sleeper()));
        }

        assertThat(OpenFds.now().since(before)).hasSize(10 * perProcess);

        for (ChildProcess sleeper : sleepers) {
            sleeper.signal(Signal.TERM);
            assertThat(rig.waitFor(sleeper)).isEqualTo(new Signaled(Signal.TERM, false));
        }
    }

    /** The JVM has a handler of its own for these signals while it starts programs; ours must be there afterwards. */
    @Test
    void exitsAreToldAfterTheJvmHasStartedAProgramOfItsOwn() throws Exception {
        Process own = new ProcessBuilder("/bin/true").start();
        rig.loop.runUntil(() -> !own.isAlive());

        assertThat(rig.runToEnd(Rig.shell("exit 7"))).isEqualTo(new Exited(7));
    }

    /** A zombie that somebody else is to collect stands in front of all others. */
    @Test
    void exitsAreToldBehindAProgramThatNobodyCollects() throws Exception {
        ChildProcess before = rig.run(Rig.sleeper());
        int nobodys = spawnInOurSession("/bin/true");
        rig.loop.runUntil(() -> !Rig.isAlive(nobodys));
        before.signal(Signal.TERM);

        assertThat(rig.waitFor(before)).isEqualTo(new Signaled(Signal.TERM, false));
        assertThat(rig.runToEnd(Rig.shell("exit 8"))).isEqualTo(new Exited(8));
        assertThat(rig.children.calls().collect(nobodys)).hasValue(0);
    }

    private static int spawnInOurSession(String program) {
        NativeMemory path = NativeMemory.ofString(program);
        NativeMemory argv = NativeMemory.allocate(16).putLong(0, path.address());
        NativeMemory pid = NativeMemory.allocate(8);
        NativeMemory none = NativeMemory.allocate(8);
        long refused = NativeFunction.find("posix_spawn")
                .call(pid.address(), path.address(), 0, 0, argv.address(), none.address());
        Reference.reachabilityFence(List.of(path, argv, pid, none));
        assertThat(refused).isZero();
        return pid.getInt(0);
    }

    @Test
    void exitsAreHeardOfWhenNobodyTellsThemAnyMore() throws Exception {
        ChildProcess before = rig.run(Rig.sleeper());
        orphans.close();
        ChildProcess after = rig.run(Rig.sleeper());

        before.signal(Signal.KILL);
        after.signal(Signal.TERM);

        assertThat(rig.waitFor(before)).isEqualTo(new Signaled(Signal.KILL, false));
        assertThat(rig.waitFor(after)).isEqualTo(new Signaled(Signal.TERM, false));
    }
}
