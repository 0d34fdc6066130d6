package dev.activator.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.config.Signal;
import dev.activator.config.UnitName;
import dev.activator.control.Caller;
import dev.activator.control.Request;
import dev.activator.control.UnitOutcome;
import dev.activator.control.Verb;
import dev.activator.handoff.testing.FakeChild;
import dev.activator.handoff.testing.FakeTree;
import dev.activator.listener.Errno;
import dev.activator.listener.LinuxKernel;
import dev.activator.listener.testing.FailingKernel;
import dev.activator.listener.testing.FdLeakCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When services sleep and how deep, and what an operator can order. */
@ExtendWith(FdLeakCheck.class)
class SleepScenariosTest {
    private static final String NAME = "web.service";

    @TempDir
    private Path directory;

    private Rig rig;
    private FakeChild child;

    @BeforeEach
    void open() throws IOException {
        rig = new Rig(directory);
    }

    @AfterEach
    void close() throws IOException {
        rig.close();
    }

    /** A service that has served its first client and has nothing to do. */
    private void awake(String settings) throws IOException {
        load(settings);
        rig.connect();
        child = rig.launcher().expectLaunch(NAME);
        served();
    }

    private void load(String settings) {
        rig.unit("web.socket", "[Socket]\nListenStream=PORT\n")
                .unit(NAME, "[Service]\nExecStart=/bin/true\n" + settings)
                .load();
    }

    private void served() throws IOException {
        rig.socket("web.socket").listeners().get(0).discardQueued();
        rig.closeClients();
    }

    private ServiceState state() {
        return rig.service(NAME).state();
    }

    private SocketState socket() {
        return rig.socket("web.socket").state();
    }

    private CompletableFuture<UnitOutcome> ask(Verb verb, String unit, Map<String, String> options) {
        Request request = new Request(verb, List.of(unit), options, new Caller(0, 0, 1));
        return new SleepVerbs(rig.units()).carryOut(request, Objects.requireNonNull(UnitName.parse(unit)));
    }

    private UnitOutcome outcome(Verb verb, String unit, String... options) {
        Map<String, String> map = options.length == 0 ? Map.of() : Map.of(options[0], options[1]);
        return ask(verb, unit, map).join();
    }

    private void assertDone(UnitOutcome outcome) {
        assertThat(outcome.message()).isEmpty();
        assertThat(outcome.exitStatus()).isZero();
    }

    @Test
    void anIdleServiceIsFrozenAndTheNextClientThawsIt() throws IOException {
        awake("[X-Activator]\nIdleTimeoutSec=10\nIdleAction=freeze\n");
        rig.advanceUntil(() -> state() == ServiceState.FROZEN);
        assertThat(socket()).isEqualTo(SocketState.LISTENING);
        rig.connect();
        assertThat(state()).isEqualTo(ServiceState.READY);
        rig.launcher().noFurtherLaunch();
        served();
        rig.advanceUntil(() -> state() == ServiceState.FROZEN);
        assertThat(rig.events().count("freezing, idle: no connection for 10s")).isEqualTo(2);
    }

    @Test
    void whatStandsStillForTooLongIsStopped() throws IOException {
        awake("[X-Activator]\nIdleTimeoutSec=10\nIdleAction=freeze-then-stop\nFreezeMaxSec=30\n");
        rig.advanceUntil(() -> state() == ServiceState.FROZEN);
        rig.advance(Duration.ofSeconds(29));
        assertThat(state()).isEqualTo(ServiceState.FROZEN);
        rig.advance(Duration.ofSeconds(2));
        assertThat(child.signals()).contains(Signal.TERM);
        child.die(Signal.TERM);
        assertThat(state()).isEqualTo(ServiceState.DEAD);
        assertThat(socket()).isEqualTo(SocketState.LISTENING);
    }

    @Test
    void aClientWhoComesWhenItIsToBeStoppedFindsItAwake() throws IOException {
        rig.trees(tree -> tree.freezesAfter(0));
        awake("[X-Activator]\nIdleTimeoutSec=10\nIdleAction=freeze-then-stop\nFreezeMaxSec=30\n");
        rig.advanceUntil(() -> state() == ServiceState.FROZEN);
        rig.advance(Duration.ofSeconds(29));
        rig.connect();
        assertThat(state()).isEqualTo(ServiceState.READY);
        rig.advance(Duration.ofSeconds(5));
        assertThat(child.signals()).isEmpty();
    }

    @Test
    void whereClientsCannotBeHeldOffAnIdleServiceIsStoppedAllTheSame() throws IOException {
        rig.close();
        FailingKernel host = new FailingKernel(new LinuxKernel());
        rig = new Rig(directory.resolve("refused"), host.kernel());
        rig.trees(FakeTree::catchesSignals);
        host.fail("attachFilter", Errno.EPERM);
        awake("[X-Activator]\nIdleTimeoutSec=10\n");

        rig.advanceUntil(() -> child.signals().contains(Signal.TERM));

        assertThat(rig.events().count("cannot hold clients off while it ends")).isEqualTo(1);
        assertThat(rig.events().count("CAP_NET_ADMIN")).isEqualTo(1);
    }

    @Test
    void keepWarmAndMinUptimePutSleepOff() throws IOException {
        // The rig's clock begins at midnight of a Thursday.
        awake("[X-Activator]\nIdleTimeoutSec=10\nKeepWarm=00:00-00:01\nMinUptimeSec=90\n");
        rig.advance(Duration.ofSeconds(50));
        IdleWatch watch =
                Objects.requireNonNull(rig.units().idleWatch(rig.service(NAME).name()));
        assertThat(watch.keptAwakeBy()).isEqualTo("MinUptimeSec=1min 30s");
        assertThat(watch.idleFor()).isGreaterThan(Duration.ofSeconds(10));
        assertThat(watch.sleepsAt()).isNull();
        rig.advance(Duration.ofSeconds(35));
        assertThat(child.signals()).isEmpty();
        rig.advance(Duration.ofSeconds(10));
        assertThat(child.signals()).contains(Signal.TERM);
    }

    @Test
    void keepWarmHoldsForItsHours() throws IOException {
        awake("[X-Activator]\nIdleTimeoutSec=10\nKeepWarm=00:00-00:01\n");
        rig.advance(Duration.ofSeconds(58));
        assertThat(child.signals()).isEmpty();
        rig.advance(Duration.ofSeconds(10));
        assertThat(child.signals()).contains(Signal.TERM);
    }

    @Test
    void aServiceThatWorksIsNotIdleWhereThatCounts() throws IOException {
        awake("[X-Activator]\nIdleTimeoutSec=10\nIdleWhen=no-connections no-cpu\n");
        for (int second = 0; second < 60; second++) {
            rig.tree(NAME).use(Duration.ofMillis(50).toNanos());
            rig.advance(Duration.ofSeconds(1));
        }
        assertThat(child.signals()).isEmpty();
        IdleWatch watch =
                Objects.requireNonNull(rig.units().idleWatch(rig.service(NAME).name()));
        assertThat(watch.policy().usedBy(Objects.requireNonNull(watch.last()))).isEqualTo("5.0 % CPU");
        rig.advance(Duration.ofSeconds(20));
        assertThat(child.signals()).contains(Signal.TERM);
    }

    @Test
    void heldClientsWaitAndNothingStartsUntilTheyAreReleased() {
        load("");
        assertDone(outcome(Verb.HOLD, NAME, "reason", "upgrade"));
        assertThat(socket()).isEqualTo(SocketState.HELD);
        rig.connect();
        rig.launcher().noFurtherLaunch();
        rig.reload();
        assertThat(socket()).as("after a reload").isEqualTo(SocketState.HELD);
        assertDone(outcome(Verb.RELEASE, NAME));
        rig.advance(Duration.ZERO);
        rig.launcher().expectLaunch(NAME).withFds("web.socket");
    }

    @Test
    void aHoldEndsWithItsTime() {
        load("");
        assertDone(outcome(Verb.HOLD, "web.socket", "for", "10min"));
        rig.connect();
        rig.advance(Duration.ofMinutes(9));
        rig.launcher().noFurtherLaunch();
        rig.advance(Duration.ofMinutes(2));
        rig.launcher().expectLaunch(NAME);
    }

    @Test
    void aReleaseForAWhileIsFollowedByTheSameHold() {
        load("");
        assertDone(outcome(Verb.HOLD, NAME));
        assertDone(outcome(Verb.RELEASE, NAME, "for", "1min"));
        assertThat(socket()).isEqualTo(SocketState.LISTENING);
        rig.advance(Duration.ofSeconds(61));
        assertThat(socket()).isEqualTo(SocketState.HELD);
    }

    @Test
    void aServiceThatIsUpServesOnWhileItIsHeldButDoesNotComeBack() throws IOException {
        awake("Restart=always\n");
        UnitOutcome held = outcome(Verb.HOLD, NAME);
        assertThat(held.notes()).singleElement().asString().contains("goes on serving");
        assertThat(socket()).isEqualTo(SocketState.TRIGGERED);
        child.exit(0);
        assertThat(state()).isEqualTo(ServiceState.DEAD);
        assertThat(socket()).isEqualTo(SocketState.HELD);
        rig.connect();
        rig.advance(Duration.ofMinutes(1));
        rig.launcher().noFurtherLaunch();
    }

    @Test
    void aSocketThatIsHeldThroughItsServiceIsReleasedThroughIt() {
        load("");
        assertDone(outcome(Verb.HOLD, NAME));
        assertThat(outcome(Verb.RELEASE, "web.socket").message()).contains("held through web.service");
    }

    @Test
    void whatHasNothingToHoldIsTold() {
        load("");
        rig.unit("other.service", "[Service]\nExecStart=/bin/true\n").load();
        assertThat(outcome(Verb.HOLD, "other.service").exitStatus()).isEqualTo(UnitOutcome.NOT_APPLICABLE);
        assertThat(outcome(Verb.RELEASE, NAME).notes()).containsExactly("Nothing was ordered of web.service.");
    }

    @ParameterizedTest
    @EnumSource(names = {"HOLD", "RELEASE", "DRAIN", "WAKE", "SLEEP", "FREEZE", "THAW"})
    void aTimeThatIsNoneIsRefused(Verb verb) {
        load("");
        assertThat(outcome(verb, NAME, "for", "soon").message())
                .startsWith("--for 'soon': ")
                .contains("try 10min");
        assertThat(outcome(verb, NAME, "for", "0").message()).contains("must be longer than nothing");
        assertThat(rig.units().orders().of(Objects.requireNonNull(UnitName.parse(NAME))))
                .isNull();
    }

    @Test
    void drainingWaitsForWhatIsOpenAndKeepsNewClientsWaiting() throws IOException {
        awake("");
        CompletableFuture<UnitOutcome> drained = ask(Verb.DRAIN, NAME, Map.of());
        assertThat(drained).isNotDone();
        rig.advance(Duration.ofMillis(200));
        assertThat(child.signals()).contains(Signal.TERM);
        child.die(Signal.TERM);
        assertDone(drained.join());
        assertThat(socket()).isEqualTo(SocketState.HELD);
        rig.connect();
        rig.launcher().noFurtherLaunch();
        assertDone(outcome(Verb.RELEASE, NAME));
        rig.advance(Duration.ZERO);
        rig.launcher().expectLaunch(NAME);
    }

    @Test
    void oneThatStandsStillIsDrainedToo() throws IOException {
        awake("[X-Activator]\nIdleTimeoutSec=10\nIdleAction=freeze\n");
        rig.advanceUntil(() -> state() == ServiceState.FROZEN);
        CompletableFuture<UnitOutcome> drained = ask(Verb.DRAIN, NAME, Map.of());
        rig.advance(Duration.ofMillis(200));
        assertThat(child.signals()).contains(Signal.TERM);
        child.die(Signal.TERM);
        assertDone(drained.join());
    }

    @Test
    void aTimeoutThatAReloadBringsCountsForWhatRuns() throws IOException {
        awake("");
        rig.advance(Duration.ofMinutes(10));
        assertThat(child.signals()).isEmpty();
        rig.unit(NAME, "[Service]\nExecStart=/bin/true\n[X-Activator]\nIdleTimeoutSec=10\n");
        rig.reload();
        rig.advanceUntil(() -> child.signals().contains(Signal.TERM));
    }

    @Test
    void aReloadDoesNotMakeTwoLooksOfOne() throws IOException {
        awake("ExecReload=/bin/true\n[X-Activator]\nIdleTimeoutSec=10\n");
        rig.advanceUntil(
                () -> rig.units().idleWatch(rig.service(NAME).name()).idleFor().toSeconds() >= 4);
        rig.service(NAME).reload();
        rig.launcher().expectLaunch(NAME).exit(0);
        assertThat(state()).isEqualTo(ServiceState.READY);
        rig.advance(Duration.ofSeconds(7));
        assertThat(child.signals()).as("its idleness goes on").contains(Signal.TERM);
    }

    @Test
    void aDrainThatIsLiftedBeforeItIsDoneSaysSo() throws IOException {
        rig.trees(tree -> tree.freezesAfter(1_000_000));
        awake("");
        CompletableFuture<UnitOutcome> drained = ask(Verb.DRAIN, NAME, Map.of());
        rig.advance(Duration.ofMillis(100));
        assertDone(outcome(Verb.RELEASE, NAME));
        assertThat(drained.join().message()).contains("lifted before it was done");
        rig.advance(Duration.ofSeconds(3));
        assertThat(state()).isEqualTo(ServiceState.READY);
    }

    @Test
    void aServiceIsWokenByHandAndKeptAwake() {
        load("[X-Activator]\nIdleTimeoutSec=10\n");
        assertDone(outcome(Verb.WAKE, "web.socket", "for", "1h"));
        child = rig.launcher().expectLaunch(NAME);
        rig.advance(Duration.ofMinutes(59));
        assertThat(child.signals()).isEmpty();
        rig.advance(Duration.ofMinutes(2));
        assertThat(child.signals()).contains(Signal.TERM);
    }

    @Test
    void aServiceIsPutToSleepByHandUnlessItIsInUse() throws IOException {
        awake("");
        rig.connect();
        UnitOutcome inUse = outcome(Verb.SLEEP, NAME);
        assertThat(inUse.exitStatus()).isEqualTo(UnitOutcome.FAILED);
        assertThat(inUse.message()).contains("it is in use: ", "'activator drain web.service'");
        served();
        CompletableFuture<UnitOutcome> asleep = ask(Verb.SLEEP, NAME, Map.of("for", "10min"));
        rig.advanceUntil(() -> asleep.isDone() || child.signals().contains(Signal.TERM));
        child.die(Signal.TERM);
        assertDone(asleep.join());
        rig.connect();
        rig.advance(Duration.ofMinutes(9));
        rig.launcher().noFurtherLaunch();
        rig.advance(Duration.ofMinutes(2));
        rig.launcher().expectLaunch(NAME);
    }

    @Test
    void whatIsFrozenByHandStaysSoWhoeverComes() throws IOException {
        awake("");
        assertDone(outcome(Verb.FREEZE, NAME, "reason", "look at it"));
        rig.connect();
        rig.advance(Duration.ofMinutes(5));
        assertThat(state()).isEqualTo(ServiceState.FROZEN);
        assertThat(socket()).isEqualTo(SocketState.HELD);
        assertDone(outcome(Verb.THAW, NAME));
        assertThat(state()).isEqualTo(ServiceState.READY);
        assertThat(socket()).isEqualTo(SocketState.TRIGGERED);
        rig.launcher().noFurtherLaunch();
    }

    @Test
    void aFreezeByHandEndsWithItsTime() throws IOException {
        awake("");
        assertDone(outcome(Verb.FREEZE, "web.socket", "for", "5min"));
        rig.advance(Duration.ofMinutes(6));
        assertThat(state()).isEqualTo(ServiceState.READY);
        assertThat(socket()).isEqualTo(SocketState.TRIGGERED);
    }

    @Test
    void whatDoesNotRunCannotBeFrozen() {
        load("");
        assertThat(outcome(Verb.FREEZE, NAME).message()).contains("not running", "'activator wake web.service'");
        assertThat(socket()).isEqualTo(SocketState.LISTENING);
    }

    @Test
    void aServiceForEachConnectionCanOnlyBeHeld() {
        rig.unit("each.socket", "[Socket]\nListenStream=PORT\nAccept=yes\n")
                .unit("each@.service", "[Service]\nExecStart=/bin/true\n")
                .load();
        assertThat(outcome(Verb.SLEEP, "each.socket").exitStatus()).isEqualTo(UnitOutcome.NOT_APPLICABLE);
        assertDone(outcome(Verb.HOLD, "each.socket"));
        rig.connect();
        rig.launcher().noFurtherLaunch();
        assertDone(outcome(Verb.RELEASE, "each.socket"));
        rig.advance(Duration.ZERO);
        assertThat(rig.launcher().plans()).hasSize(1);
    }
}
