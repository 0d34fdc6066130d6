package dev.activator.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.config.Signal;
import dev.activator.handoff.ExitStatus.Exited;
import dev.activator.handoff.ExitStatus.Signaled;
import dev.activator.listener.testing.FdLeakCheck;
import dev.activator.listener.testing.OpenFds;
import dev.activator.listener.testing.ZombieCheck;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** From the spawn to the exit status, with no zombie and no descriptor left. */
@ExtendWith({FdLeakCheck.class, ZombieCheck.class})
final class ProcessLifeTest {
    @TempDir
    Path directory;

    private final Rig rig = new Rig();

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void exitCodeAndSignalAreReported() throws Exception {
        assertThat(rig.runToEnd(Rig.shell("exit 7"))).isEqualTo(new Exited(7));
        assertThat(rig.runToEnd(Rig.shell("kill -KILL $$"))).isEqualTo(new Signaled(Signal.KILL, false));
    }

    @Test
    void killedServiceIsReported() throws Exception {
        ChildProcess child = rig.run(Rig.sleeper());
        child.signal(Signal.KILL);

        assertThat(rig.waitFor(child)).isEqualTo(new Signaled(Signal.KILL, false));
    }

    @Test
    void listenerThatComesTooLateIsToldAtOnce() throws Exception {
        ChildProcess child = rig.launch(Rig.shell("exit 3"));
        rig.loop.runUntil(() -> rig.children.count() == 0);

        List<ExitStatus> told = new ArrayList<>();
        child.onExit(told::add);

        assertThat(told).containsExactly(new Exited(3));
    }

    @Test
    void closedChildTellsNobodyAndIsStillCollected() throws Exception {
        List<ExitStatus> told = new ArrayList<>();
        ChildProcess child = rig.launch(Rig.shell("exit 3"));
        child.onExit(told::add);
        child.close();

        rig.loop.runUntil(() -> rig.children.count() == 0);
        assertThat(told).isEmpty();
        assertThat(ZombieCheck.zombies()).isEmpty();
    }

    @Test
    void signalAfterTheEndHitsNobody() throws Exception {
        ChildProcess child = rig.launch(Rig.shell("exit 0"));
        rig.waitFor(child);

        child.signal(Signal.KILL);
        child.signalGroup(Signal.KILL);
    }

    @Test
    void groupSignalReachesGrandchildren() throws Exception {
        Path pidFile = directory.resolve("pid");
        ChildProcess child = rig.run(Rig.shell(
                "sleep 1000 & echo $! > '" + pidFile + ".new' && mv '" + pidFile + ".new' '" + pidFile + "'; wait"));
        rig.loop.runUntil(() -> Files.exists(pidFile));
        int grandchild = Integer.parseInt(Files.readString(pidFile).trim());
        assertThat(Rig.isAlive(grandchild)).isTrue();

        child.signalGroup(Signal.KILL);

        assertThat(rig.waitFor(child)).isEqualTo(new Signaled(Signal.KILL, false));
        rig.loop.runUntil(() -> !Rig.isAlive(grandchild));
    }

    @Test
    void chainedProgramHasExecutedOnceItRuns() throws Exception {
        Path gate = directory.resolve("gate");
        Path tools = Files.createDirectories(directory.resolve("tools"));
        Path slow = Files.writeString(
                tools.resolve("setpriv"),
                "#!/bin/sh\nwhile ! [ -e '" + gate + "' ]; do sleep 0.01; done\nshift; exec \"$@\"\n");
        assertThat(slow.toFile().setExecutable(true)).isTrue();

        try (Rig slowly = new Rig(HostTools.find(List.of(tools)), Inherited.ofThisProcess())) {
            ChildProcess child = slowly.launch(Rig.sleeper().noNewPrivileges(true));
            slowly.loop.runReady();
            // A script's command line is its interpreter's, so for this stage the chain only knows the moments before
            // and after.
            Files.createFile(gate);
            slowly.loop.runUntil(child::hasExecuted);
            slowly.loop.runUntil(() -> ProcFile.comm(child.pid()).equals("sleep"));
        }
    }

    @Test
    void fiveHundredLaunchesLeakNothing() throws Exception {
        rig.runToEnd(Rig.shell("exit 0").pidVariable(PidVariable.LISTEN_PID));
        OpenFds before = OpenFds.now();
        for (int i = 0; i < 500; i++) {
            LaunchPlanBuilder plan = LaunchPlan.of(Rig.UNIT, "/bin/true");
            plan = i % 5 == 0 ? plan.pidVariable(PidVariable.LISTEN_PID) : plan;
            assertThat(rig.runToEnd(plan)).isEqualTo(new Exited(0));
        }

        assertThat(OpenFds.now().since(before)).isEmpty();
        assertThat(ZombieCheck.zombies()).isEmpty();
        assertThat(rig.children.count()).isZero();
    }

    @Test
    void fiftyProcessesAtOnceEachGetTheirOwnStatus() throws Exception {
        List<ExitStatus> told = new ArrayList<>();
        List<ExitStatus> expected = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            rig.launch(Rig.shell("exit " + i)).onExit(told::add);
            expected.add(new Exited(i));
        }
        rig.loop.runUntil(() -> told.size() == 50);

        assertThat(told).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void adoptedProcessOfAnotherParentIsWatchedWithoutAStatus() throws Exception {
        Process foreign = new ProcessBuilder("/bin/sh", "-c", "sleep 1000 & echo $!; wait").start();
        int pid = Integer.parseInt(foreign.inputReader().readLine().trim());
        ChildProcess adopted = rig.children.adopt(pid).orElseThrow();
        assertThat(adopted.hasExecuted()).isTrue();

        adopted.signal(Signal.TERM);

        assertThat(rig.waitFor(adopted)).isEqualTo(new ExitStatus.Unknown());
        foreign.destroyForcibly().waitFor();
    }

    @Test
    void processThatIsAlreadyWatchedIsTheSame() throws Exception {
        ChildProcess child = rig.run(Rig.sleeper());

        assertThat(rig.children.adopt(child.pid())).containsSame(child);
    }

    @Test
    void pidOfNobodyCannotBeAdopted() {
        assertThat(rig.children.adopt(999_999_999)).isEmpty();
        assertThat(rig.children.count()).isZero();
    }

    /** The number of an adopted process that is no child of ours is free as soon as its parent has collected it. */
    @Test
    void aChildThatGetsTheNumberOfOneThatIsBeingForgottenIsWatchedAllTheSame() throws Exception {
        ChildProcess before = rig.run(Rig.sleeper());
        WatchedProcess namesake = rig.children.expect(before.pid(), new Running());

        before.signal(Signal.KILL);

        assertThat(rig.waitFor(before)).isEqualTo(new Signaled(Signal.KILL, false));
        assertThat(rig.children.count()).isEqualTo(1);
        assertThat(rig.children.collect(namesake.pid())).isTrue();
        assertThat(rig.children.count()).isZero();
    }

    /** A launched program that has begun. */
    private static final class Running implements LaunchProgress {
        @Override
        public boolean hasExecuted(int pid) {
            return true;
        }

        @Override
        public void exiting(int pid) {}

        @Override
        public ExitStatus diagnose(ExitStatus status) {
            return status;
        }

        @Override
        public List<String> deviations() {
            return List.of();
        }

        @Override
        public String unit() {
            return Rig.UNIT;
        }
    }
}
