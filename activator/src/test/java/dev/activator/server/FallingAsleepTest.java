package dev.activator.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.config.Signal;
import dev.activator.handoff.NotifyMessage;
import dev.activator.handoff.testing.FakeChild;
import dev.activator.handoff.testing.FakeTree;
import dev.activator.listener.testing.FdLeakCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The way into sleep: freeze, look once more, and only then stop or stay frozen. */
@ExtendWith(FdLeakCheck.class)
class FallingAsleepTest {
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

    /** A service that has served its first client. */
    private void awake(String settings) throws IOException {
        rig.unit("web.socket", "[Socket]\nListenStream=PORT\n")
                .unit(NAME, "[Service]\nExecStart=/bin/true\n" + settings)
                .load();
        rig.connect();
        child = rig.launcher().expectLaunch(NAME);
        served();
    }

    private void served() throws IOException {
        rig.socket("web.socket").listeners().get(0).discardQueued();
        rig.closeClients();
    }

    private boolean sleep(SleepOrder.Depth depth, @Nullable String usedBy) {
        return rig.service(NAME).sleeping().begin(new SleepOrder(depth, "test", () -> usedBy));
    }

    private ServiceState state() {
        return rig.service(NAME).state();
    }

    private FakeTree tree() {
        return rig.tree(NAME);
    }

    @Test
    void itIsToldToEndWhileItStandsStillAndRunsOnlyThen() throws IOException {
        awake("");
        sleep(SleepOrder.Depth.STOPPED, null);
        assertThat(child.signals()).contains(Signal.TERM);
        assertThat(tree().isHeld()).isFalse();
        child.die(Signal.TERM);
        assertThat(state()).isEqualTo(ServiceState.DEAD);
        assertThat(rig.socket("web.socket").state()).isEqualTo(SocketState.LISTENING);
    }

    @Test
    void aClientWhoCameBeforeItStoodStillKeepsItAwake() throws IOException {
        rig.trees(tree -> tree.freezesAfter(2));
        awake("");
        sleep(SleepOrder.Depth.STOPPED, null);
        assertThat(state()).isEqualTo(ServiceState.FREEZING);
        rig.connect();
        rig.advance(Duration.ofMillis(300));
        assertThat(state()).isEqualTo(ServiceState.READY);
        assertThat(tree().isHeld()).isFalse();
        assertThat(child.signals()).isEmpty();
    }

    @Test
    void whatTheLastLookSeesKeepsItAwake() throws IOException {
        awake("");
        sleep(SleepOrder.Depth.STOPPED, "2 connections");
        assertThat(state()).isEqualTo(ServiceState.READY);
        assertThat(rig.service(NAME).view().cause()).isEqualTo("connection on 127.0.0.1:" + rig.port());
        assertThat(child.signals()).isEmpty();
    }

    @Test
    void aFrozenServiceIsThawedByTheNextClientAndNothingIsSpawned() throws IOException {
        awake("");
        sleep(SleepOrder.Depth.FROZEN, null);
        assertThat(state()).isEqualTo(ServiceState.FROZEN);
        assertThat(tree().isHeld()).isTrue();
        assertThat(rig.socket("web.socket").state()).isEqualTo(SocketState.LISTENING);
        rig.connect();
        assertThat(state()).isEqualTo(ServiceState.READY);
        assertThat(tree().isHeld()).isFalse();
        assertThat(rig.socket("web.socket").state()).isEqualTo(SocketState.TRIGGERED);
        rig.launcher().noFurtherLaunch();
    }

    @Test
    void aServiceThatCannotBeFrozenIsLeftAwake() throws IOException {
        rig.trees(tree -> tree.freezesAfter(1_000_000));
        awake("");
        sleep(SleepOrder.Depth.STOPPED, null);
        rig.advance(Duration.ofSeconds(3));
        assertThat(state()).isEqualTo(ServiceState.READY);
        assertThat(rig.events().count("cannot freeze it")).isEqualTo(1);
    }

    @Test
    void aServiceThatDiesWhileItIsFrozenIsStartedByTheNextClient() throws IOException {
        awake("");
        sleep(SleepOrder.Depth.FROZEN, null);
        child.die(Signal.KILL);
        assertThat(state()).isEqualTo(ServiceState.FAILED);
        assertThat(rig.events().count("main process")).isEqualTo(1);
        rig.advance(Duration.ofSeconds(1));
        rig.connect();
        rig.launcher().expectLaunch(NAME).withFds("web.socket");
    }

    @Test
    void anOperatorsStopOfAFrozenServiceReachesItBeforeItRuns() throws IOException {
        awake("");
        sleep(SleepOrder.Depth.FROZEN, null);
        rig.service(NAME).stop("test");
        assertThat(child.signals()).contains(Signal.TERM);
        assertThat(tree().isHeld()).isFalse();
        child.die(Signal.TERM);
        assertThat(state()).isEqualTo(ServiceState.DEAD);
    }

    @Test
    void aServiceWithAStopCommandThawsForIt() throws IOException {
        awake("ExecStop=/bin/true\n");
        sleep(SleepOrder.Depth.STOPPED, null);
        FakeChild stop = rig.launcher().expectLaunch(NAME);
        assertThat(tree().isHeld()).isFalse();
        stop.exit(0);
        assertThat(child.signals()).contains(Signal.TERM);
    }

    @Test
    void aServiceThatIgnoresTheSignalAndServesAClientIsNotKilled() throws IOException {
        awake("TimeoutStopSec=2\n");
        sleep(SleepOrder.Depth.STOPPED, null);
        assertThat(state()).isEqualTo(ServiceState.TERMINATING);
        rig.connect();
        rig.advance(Duration.ofMillis(2_100));
        assertThat(state()).isEqualTo(ServiceState.READY);
        assertThat(child.signals()).doesNotContain(Signal.KILL);
        assertThat(rig.service(NAME).view().run().result()).isEqualTo(RunResult.SUCCESS);
    }

    @Test
    void aServiceThatIgnoresTheSignalAndServesNobodyIsKilled() throws IOException {
        awake("TimeoutStopSec=2\n");
        sleep(SleepOrder.Depth.STOPPED, null);
        rig.advance(Duration.ofMillis(2_100));
        assertThat(state()).isEqualTo(ServiceState.KILLING);
        assertThat(child.signals()).contains(Signal.KILL);
        child.die(Signal.KILL);
        rig.connect();
        rig.advance(Duration.ofSeconds(1));
        rig.launcher().expectLaunch(NAME);
    }

    @Test
    void theWatchdogRestsWhileItIsFrozen() throws IOException {
        rig.unit("web.socket", "[Socket]\nListenStream=PORT\n")
                .unit(NAME, "[Service]\nExecStart=/bin/true\nType=notify\nWatchdogSec=10\n")
                .load();
        rig.connect();
        child = rig.launcher().expectLaunch(NAME);
        rig.service(NAME).onNotify(NotifyMessage.of("READY", "1"), List.of());
        served();
        sleep(SleepOrder.Depth.FROZEN, null);
        rig.advance(Duration.ofMinutes(5));
        assertThat(child.signals()).isEmpty();
        rig.connect();
        rig.advance(Duration.ofSeconds(9));
        assertThat(child.signals()).isEmpty();
        rig.advance(Duration.ofSeconds(2));
        assertThat(child.signals()).contains(Signal.ABRT);
    }

    @Test
    void aServiceThatIsNotUpIsNotPutToSleep() {
        rig.unit("web.socket", "[Socket]\nListenStream=PORT\n")
                .unit(NAME, "[Service]\nExecStart=/bin/true\nType=notify\n")
                .load();
        rig.connect();
        assertThat(sleep(SleepOrder.Depth.STOPPED, null)).isFalse();
        assertThat(state()).isEqualTo(ServiceState.STARTING);
    }
}
