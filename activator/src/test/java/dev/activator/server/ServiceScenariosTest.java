package dev.activator.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.config.Signal;
import dev.activator.config.UnitName;
import dev.activator.handoff.CgroupPath;
import dev.activator.handoff.NotifyMessage;
import dev.activator.handoff.testing.FakeChild;
import dev.activator.listener.testing.FdLeakCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(FdLeakCheck.class)
class ServiceScenariosTest {
    private static final String NAME = "web.service";

    @TempDir
    private Path directory;

    private Rig rig;

    @BeforeEach
    void open() throws IOException {
        rig = new Rig(directory);
    }

    @AfterEach
    void close() throws IOException {
        rig.close();
    }

    private FakeChild launch(String settings) {
        rig.unit("web.socket", "[Socket]\nListenStream=PORT\n")
                .unit(NAME, "[Service]\nExecStart=/bin/true\nKillMode=mixed\n" + settings)
                .load();
        rig.connect();
        return rig.launcher().expectLaunch(NAME);
    }

    private ServiceState state() {
        return rig.service(NAME).state();
    }

    private RunResult result() {
        return rig.service(NAME).view().run().result();
    }

    @Test
    void limitOfMemoryIsThereBeforeTheFirstProcessIsAndItsPlanKnows() {
        CgroupPath cgroup = launch("MemoryMax=20M\n").plan().cgroup();

        assertThat(cgroup).isNotNull();
        assertThat(cgroup.hasMemoryLimit()).isTrue();
    }

    @Test
    void aNotifyServiceIsReadyWhenItSaysSo() {
        launch("Type=notify\n");
        assertThat(state()).isEqualTo(ServiceState.STARTING);
        rig.service(NAME).onNotify(NotifyMessage.of("READY", "1", "STATUS", "at your service"), List.of());
        assertThat(state()).isEqualTo(ServiceState.READY);
        assertThat(rig.service(NAME).view().run().statusText()).isEqualTo("at your service");
    }

    @Test
    void theSocketTellsHowLongItsServiceTookToWake() {
        StatusReader status = new StatusReader(rig.units(), new UnitFileStates(directory.resolve("state")));
        launch("Type=notify\n");
        rig.service(NAME).onNotify(NotifyMessage.of("READY", "1"), List.of());
        UnitName socket = Objects.requireNonNull(UnitName.parse("web.socket"));
        assertThat(status.summary(socket).lastWake())
                .isNotNull()
                .isEqualTo(rig.service(NAME).view().lastWake());
    }

    @Test
    void aNotifyServiceThatNeverSaysSoIsKilledInTime() {
        FakeChild child = launch("Type=notify\nTimeoutStartSec=30\nTimeoutStopSec=5\n");
        rig.advance(Duration.ofSeconds(31));
        assertThat(child.signals()).contains(Signal.TERM);
        rig.advance(Duration.ofSeconds(6));
        assertThat(state()).isEqualTo(ServiceState.KILLING);
        child.die(Signal.KILL);
        assertThat(state()).isEqualTo(ServiceState.FAILED);
        assertThat(result()).isEqualTo(RunResult.TIMEOUT);
    }

    @Test
    void aNotifyServiceThatEndsBeforeItIsReadyHasBrokenTheProtocol() {
        launch("Type=notify\n").exit(0);
        assertThat(result()).isEqualTo(RunResult.PROTOCOL);
        assertThat(state()).isEqualTo(ServiceState.FAILED);
    }

    @Test
    void anExecServiceIsReadyOnceItsProgramRuns() {
        rig.launcher().startUnexecuted();
        FakeChild child = launch("Type=exec\n");
        rig.advance(Duration.ofSeconds(1));
        assertThat(state()).isEqualTo(ServiceState.STARTING);
        child.executed(true);
        rig.advance(Duration.ofMillis(2));
        assertThat(state()).isEqualTo(ServiceState.READY);
    }

    @Test
    void aMainProcessWhoseFailureIsIgnoredHasNotFailed() throws IOException {
        rig.unit("web.socket", "[Socket]\nListenStream=PORT\n")
                .unit(NAME, "[Service]\nExecStart=-/bin/false\nRestart=on-failure\n")
                .load();
        rig.connect();
        rig.launcher().expectLaunch(NAME).exit(1);
        assertThat(state()).isEqualTo(ServiceState.DEAD);
        assertThat(result()).isEqualTo(RunResult.SUCCESS);
    }

    @Test
    void aMainProcessThatWasKilledByWhomeverMakesItsCgroupSuspect() {
        FakeChild main = launch("");
        main.die(Signal.TERM);
        assertThat(rig.tree(NAME).isSuspect()).isFalse();
        rig.connect();
        rig.launcher().expectLaunch(NAME).die(Signal.KILL);
        assertThat(rig.tree(NAME).isSuspect()).isTrue();
    }

    @Test
    void aOneshotRunsItsCommandsOneAfterAnother() {
        launch("Type=oneshot\nExecStart=/bin/false\nRemainAfterExit=yes\n").exit(0);
        assertThat(state()).isEqualTo(ServiceState.STARTING);
        rig.launcher().expectLaunch(NAME).exit(0);
        assertThat(state()).isEqualTo(ServiceState.EXITED);
    }

    @Test
    void commandsRunBeforeAndAfterTheMainProcessInTheirOrder() {
        FakeChild pre = launch("ExecStartPre=/bin/sleep 1\nExecStartPost=/bin/sleep 2\nExecStop=/bin/sleep 3\n"
                + "ExecStopPost=/bin/sleep 4\n");
        assertThat(pre.plan().argv()).containsExactly("/bin/sleep", "1");
        assertThat(pre.plan().environment()).doesNotContainKey("LISTEN_FDS");
        pre.exit(0);
        FakeChild main = rig.launcher().expectLaunch(NAME).withFds("web.socket");
        FakeChild post = rig.launcher().expectLaunch(NAME);
        assertThat(post.plan().environment()).containsEntry("MAINPID", String.valueOf(main.pid()));
        post.exit(0);
        assertThat(state()).isEqualTo(ServiceState.READY);
        rig.service(NAME).stop("test");
        FakeChild stop = rig.launcher().expectLaunch(NAME);
        assertThat(main.signals()).isEmpty();
        stop.exit(0);
        assertThat(main.signals()).contains(Signal.TERM);
        main.die(Signal.TERM);
        FakeChild stopPost = rig.launcher().expectLaunch(NAME);
        assertThat(stopPost.plan().environment())
                .containsEntry("SERVICE_RESULT", "success")
                .containsEntry("EXIT_CODE", "killed")
                .containsEntry("EXIT_STATUS", "TERM");
        stopPost.exit(0);
        assertThat(state()).isEqualTo(ServiceState.DEAD);
    }

    @Test
    void aFailingPreCommandStopsTheStart() {
        launch("ExecStartPre=/bin/false\n").exit(1);
        rig.launcher().noFurtherLaunch();
        assertThat(state()).isEqualTo(ServiceState.FAILED);
        assertThat(rig.events().count("ExecStartPre= failed")).isEqualTo(1);
    }

    @Test
    void aFailingPreCommandWithADashDoesNot() {
        launch("ExecStartPre=-/bin/false\n").exit(1);
        rig.launcher().expectLaunch(NAME).withFds("web.socket");
    }

    @Test
    void aConditionThatSaysNoIsNoFailure() {
        launch("ExecCondition=/bin/false\n").exit(1);
        assertThat(state()).isEqualTo(ServiceState.DEAD);
        assertThat(result()).isEqualTo(RunResult.EXEC_CONDITION);
    }

    private void forkTwo(String settings) {
        FakeChild parent = launch("Type=forking\n" + settings);
        rig.tree(NAME).fork();
        rig.tree(NAME).fork();
        parent.exit(0);
        assertThat(state()).isEqualTo(ServiceState.READY);
    }

    @Test
    void aDaemonOfSeveralProcessesHasEndedWithTheLastOfThem() {
        forkTwo("");
        rig.units().orphansEnded();
        rig.advance(Duration.ofSeconds(1));
        assertThat(state()).isEqualTo(ServiceState.READY);
        rig.tree(NAME).endForked();
        rig.units().orphansEnded();
        assertThat(state()).isEqualTo(ServiceState.DEAD);
        assertThat(result()).isEqualTo(RunResult.SUCCESS);
        rig.connect();
        rig.launcher().expectLaunch(NAME);
    }

    @Test
    void aDaemonWhoseLastProcessLeavesItsCgroupLateHasEndedAllTheSame() {
        forkTwo("");
        rig.units().orphansEnded();
        rig.tree(NAME).endForked();
        rig.advance(Duration.ofMillis(100));
        // The client is still in the queue and wakes it anew.
        rig.launcher().expectLaunch(NAME);
    }

    @Test
    void aDaemonThatEndsWhileItIsReloadedIsNoticedAfterwards() {
        forkTwo("ExecReload=/bin/true\n");
        rig.service(NAME).reload();
        FakeChild reload = rig.launcher().expectLaunch(NAME);
        rig.tree(NAME).endForked();
        rig.units().orphansEnded();
        assertThat(state()).isEqualTo(ServiceState.RELOADING);
        reload.exit(0);
        assertThat(state()).isEqualTo(ServiceState.DEAD);
    }

    @Test
    void aServiceThatIgnoresTheSignalIsKilled() {
        FakeChild child = launch("TimeoutStopSec=2\n");
        rig.service(NAME).stop("test");
        rig.advance(Duration.ofMillis(1_900));
        assertThat(state()).isEqualTo(ServiceState.TERMINATING);
        rig.advance(Duration.ofMillis(200));
        assertThat(state()).isEqualTo(ServiceState.KILLING);
        child.die(Signal.KILL);
        assertThat(state()).isEqualTo(ServiceState.FAILED);
        assertThat(result()).isEqualTo(RunResult.TIMEOUT);
    }

    @Test
    void aServiceThatMayNotBeSignalledIsWaitedFor() {
        FakeChild child = launch("KillMode=process\nTimeoutStopSec=20\n");
        child.getOutOfReach();
        rig.service(NAME).stop("test");
        assertThat(rig.events().count("warn " + NAME + ": cannot send SIGTERM to process " + child.pid() + ": EPERM"))
                .isEqualTo(1);
        rig.advance(Duration.ofSeconds(10));
        assertThat(state()).isEqualTo(ServiceState.TERMINATING);
        child.exit(0);
        assertThat(state()).isEqualTo(ServiceState.DEAD);
    }

    @Test
    void aJvmThatEndsWith143OnSigtermHasStoppedCleanly() {
        FakeChild child = launch("");
        rig.service(NAME).stop("test");
        child.exit(143);
        assertThat(state()).isEqualTo(ServiceState.DEAD);
        assertThat(result()).isEqualTo(RunResult.SUCCESS);
    }

    @Test
    void restartOnFailureWaitsAndStartsAgainWithoutAConnection() {
        FakeChild child = launch("Restart=on-failure\nRestartSec=3\n");
        child.exit(7);
        assertThat(state()).isEqualTo(ServiceState.BACKING_OFF);
        rig.advance(Duration.ofMillis(2_900));
        rig.launcher().noFurtherLaunch();
        rig.advance(Duration.ofMillis(200));
        rig.launcher().expectLaunch(NAME).withFds("web.socket");
    }

    @Test
    void restartOnFailureLeavesACleanExitAlone() {
        launch("Restart=on-failure\n").exit(0);
        assertThat(state()).isEqualTo(ServiceState.DEAD);
    }

    @Test
    void anExplicitStopIsNotRestarted() {
        FakeChild child = launch("Restart=always\n");
        rig.service(NAME).stop("test");
        child.die(Signal.TERM);
        assertThat(state()).isEqualTo(ServiceState.DEAD);
    }

    @Test
    void aStartThatComesWhileItStopsIsCarriedOutAfterwards() {
        FakeChild child = launch("");
        rig.service(NAME).stop("test");
        rig.service(NAME).start("again", 0);
        rig.launcher().noFurtherLaunch();
        child.die(Signal.TERM);
        rig.launcher().expectLaunch(NAME).withFds("web.socket");
    }

    @Test
    void aCommandThatCallsItselfTheMainProcessIsStillACommand() {
        launch("ExecStartPost=/bin/sleep 2\nNotifyAccess=all\n");
        FakeChild post = rig.launcher().expectLaunch(NAME);
        rig.service(NAME).onNotify(NotifyMessage.of("MAINPID", String.valueOf(post.pid())), List.of());
        assertThat(rig.events().said())
                .containsOnlyOnce("warn " + NAME + ": MAINPID=" + post.pid()
                        + " ignored, it runs a command beside the main process");
        post.exit(0);
        assertThat(state()).isEqualTo(ServiceState.READY);
    }

    @Test
    void aStrangerIsNotTakenForTheMainProcess() {
        FakeChild main = launch("");
        rig.service(NAME).onNotify(NotifyMessage.of("MAINPID", "1"), List.of());
        assertThat(rig.service(NAME).processes().mainPid()).isEqualTo(main.pid());
        assertThat(rig.events().count("MAINPID=1 ignored, it is no process of this unit"))
                .isEqualTo(1);
    }

    @Test
    void aHangingServiceMissesItsWatchdog() {
        FakeChild child = launch("Type=notify\nWatchdogSec=10\n");
        rig.service(NAME).onNotify(NotifyMessage.of("READY", "1"), List.of());
        rig.advance(Duration.ofSeconds(9));
        rig.service(NAME).onNotify(NotifyMessage.of("WATCHDOG", "1"), List.of());
        rig.advance(Duration.ofSeconds(9));
        assertThat(child.signals()).isEmpty();
        rig.advance(Duration.ofSeconds(2));
        assertThat(child.signals()).contains(Signal.ABRT);
        child.die(Signal.ABRT);
        assertThat(result()).isEqualTo(RunResult.WATCHDOG);
    }

    private void askForMoreTime(Duration time) {
        String micros = String.valueOf(TimeUnit.MICROSECONDS.convert(time));
        rig.service(NAME).onNotify(NotifyMessage.of("EXTEND_TIMEOUT_USEC", micros), List.of());
    }

    @Test
    void aServiceThatAsksForMoreTimeOnceItIsReadyRunsOnForEver() {
        FakeChild child = launch("Type=notify\nNotifyAccess=all\n");
        rig.service(NAME).onNotify(NotifyMessage.of("READY", "1"), List.of());
        askForMoreTime(Duration.ofSeconds(10));
        rig.advance(Duration.ofMinutes(5));
        assertThat(child.signals()).isEmpty();
        assertThat(state()).isEqualTo(ServiceState.READY);
    }

    @Test
    void aStartThatAsksForMoreTimeGetsItAndNeverLess() {
        FakeChild child = launch("Type=notify\nTimeoutStartSec=30\n");
        askForMoreTime(Duration.ofSeconds(1));
        rig.advance(Duration.ofSeconds(20));
        assertThat(child.signals()).isEmpty();
        askForMoreTime(Duration.ofSeconds(60));
        rig.advance(Duration.ofSeconds(59));
        assertThat(child.signals()).isEmpty();
        rig.advance(Duration.ofSeconds(2));
        assertThat(child.signals()).contains(Signal.TERM);
    }

    @Test
    void aDaemonThatAsksForMoreTimeWhileItsPidFileIsAwaitedIsLookedForAllTheSame() {
        FakeChild parent = launch("Type=forking\nPIDFile=" + directory + "/pid\n");
        rig.tree(NAME).fork();
        parent.exit(0);
        rig.advance(Duration.ofMillis(100));
        askForMoreTime(Duration.ofMinutes(10));
        rig.tree(NAME).endForked();
        rig.advance(Duration.ofMillis(100));
        assertThat(result()).isEqualTo(RunResult.PROTOCOL);
    }

    @Test
    void runtimeMaxSecEndsAServiceThatRunsTooLong() {
        FakeChild child = launch("RuntimeMaxSec=60\n");
        rig.advance(Duration.ofSeconds(61));
        assertThat(child.signals()).contains(Signal.TERM);
        child.die(Signal.TERM);
        assertThat(result()).isEqualTo(RunResult.TIMEOUT);
    }

    @Test
    void anIdleServiceIsStoppedAndTheNextConnectionWakesIt() throws IOException {
        FakeChild child = launch("[X-Activator]\nIdleTimeoutSec=10\n");
        // The connection waits in the queue: nobody accepts it here, so the service is not idle.
        rig.advance(Duration.ofSeconds(30));
        assertThat(child.signals()).isEmpty();
        rig.socket("web.socket").listeners().get(0).discardQueued();
        rig.closeClients();
        rig.advanceUntil(() -> child.signals().contains(Signal.TERM));
        child.die(Signal.TERM);
        assertThat(rig.socket("web.socket").state()).isEqualTo(SocketState.LISTENING);
        rig.connect();
        rig.launcher().expectLaunch(NAME);
    }

    @Test
    void oneThatTheKernelKilledForWantOfMemorySaysSoAndOneThatSomebodyElseKilledDoesNot() throws IOException {
        FakeChild child = launch("");
        rig.outOfMemoryKills(4);
        child.die(Signal.KILL);
        assertThat(rig.events().count("for want of memory; its log ('dmesg') tells"))
                .isEqualTo(1);
        rig.advance(Duration.ofMinutes(1));
        rig.launcher().expectLaunch(NAME).die(Signal.KILL);
        assertThat(rig.events().count("main process")).isEqualTo(2);
        assertThat(rig.events().count("for want of memory")).isEqualTo(1);
    }

    @Test
    void aBookkeeperThatFailsHoldsNothingUp() {
        List<Throwable> defects = rig.keepDefects();
        rig.units().tell((instance, from, to) -> {
            throw new IllegalStateException("the books are gone");
        });
        FakeChild child = launch("");
        assertThat(state()).isEqualTo(ServiceState.READY);
        rig.service(NAME).stop("test");
        child.die(Signal.TERM);
        assertThat(state()).isEqualTo(ServiceState.DEAD);
        rig.advance(Duration.ofMillis(1));
        assertThat(defects).isNotEmpty();
        rig.connect();
        rig.launcher().expectLaunch(NAME);
    }

    @Test
    void aUnitWhoseHardeningCannotBeAppliedDoesNotStart() {
        rig.unit("web.socket", "[Socket]\nListenStream=PORT\n")
                .unit(NAME, "[Service]\nExecStart=/bin/true\nMemoryDenyWriteExecute=yes\n")
                .load();
        rig.connect();
        rig.launcher().noFurtherLaunch();
        assertThat(state()).isEqualTo(ServiceState.FAILED);
        assertThat(rig.events().count("AllowUnsupportedHardening=")).isEqualTo(1);
    }

    @Test
    void theSameUnitStartsWhereTheUserAllowsIt() {
        FakeChild child = launch("MemoryDenyWriteExecute=yes\n[X-Activator]\nAllowUnsupportedHardening=yes\n");
        assertThat(child.isRunning()).isTrue();
    }

    @Test
    void whatTheHostDoesNotLetUsGiveIsSaidOnceForAService() {
        rig.launcher().deviate("OOMScoreAdjust=-900 is raised to 0", "LimitNOFILE=1024:524288 is lowered to 1024:4096");
        launch("OOMScoreAdjust=-900\n").exit(0);
        rig.connect();
        rig.launcher().expectLaunch(NAME);
        assertThat(rig.events().said()).containsOnlyOnce("warn " + NAME + ": OOMScoreAdjust=-900 is raised to 0");
        assertThat(rig.events().count("LimitNOFILE")).isZero();
    }

    @Test
    void aLimitThatIsAskedForAndLoweredIsSaid() {
        rig.launcher().deviate("LimitNOFILE=9999999 is lowered to 4096");
        launch("LimitNOFILE=9999999\n");
        assertThat(rig.events().count("LimitNOFILE=9999999 is lowered to 4096")).isEqualTo(1);
    }
}
