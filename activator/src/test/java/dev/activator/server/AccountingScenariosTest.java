package dev.activator.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.accounting.History;
import dev.activator.control.Event;
import dev.activator.control.EventFeed;
import dev.activator.control.PastRun;
import dev.activator.control.UnitCounts;
import dev.activator.handoff.testing.FakeChild;
import dev.activator.listener.testing.FdLeakCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is remembered of wakes and sleeps, and when services are looked at. */
@ExtendWith(FdLeakCheck.class)
class AccountingScenariosTest {
    private static final String NAME = "web.service";

    @TempDir
    private Path directory;

    private final List<String> troubles = new ArrayList<>();
    private final EventFeed feed = new EventFeed(InstantSource.system());
    private Rig rig;
    private History history;
    private Accounting accounting;

    @BeforeEach
    void open() throws IOException {
        rig = new Rig(directory);
        history = new History(directory.resolve("history"), rig.surroundings().clock(), troubles::add);
        accounting = new Accounting(
                rig.surroundings(), history, feed, Accounting.eyes(rig.units()::listenersOf, rig.units()::idleWatch));
        rig.units().tell(accounting);
    }

    @AfterEach
    void close() throws IOException {
        accounting.close();
        rig.close();
        history.close();
        assertThat(troubles).isEmpty();
    }

    private FakeChild wake(String settings) {
        rig.unit("web.socket", "[Socket]\nListenStream=PORT\n")
                .unit(NAME, "[Service]\nExecStart=/bin/true\n" + settings)
                .load();
        rig.connect();
        FakeChild child = rig.launcher().expectLaunch(NAME);
        // The record is made while the client is connected.
        history.units().join();
        rig.takeOne("web.socket");
        return child;
    }

    private List<PastRun> runs() {
        return history.runs(NAME).join();
    }

    private long looks() {
        Path file = directory.resolve("history").resolve(NAME + ".looks");
        try {
            return Files.exists(file) ? Files.readAllLines(file).size() : 0;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aWakeByAClientIsRememberedWithWhoWaited() {
        wake("");

        assertThat(runs()).hasSize(1);
        assertThat(runs().get(0).wake().cause()).matches("connection of 127\\.0\\.0\\.1:\\d+ on 127\\.0\\.0\\.1:\\d+");
        assertThat(runs().get(0).waited()).isEqualTo(1);
        assertThat(runs().get(0).end()).isEmpty();
    }

    @Test
    void connectionsThatHaveAProcessEachAreAllCountedAndSomeOfThemRecorded() throws IOException {
        rig.unit("echo.socket", "[Socket]\nListenStream=PORT\nAccept=yes\n")
                .unit("echo@.service", "[Service]\nExecStart=/bin/true\nStandardInput=socket\n")
                .load();
        for (int i = 0; i < 50; i++) {
            rig.connect();
            rig.launcher().running().get(0).exit(i == 0 ? 3 : 0);
        }

        UnitCounts counts = accounting.counts().units().get(0);
        assertThat(counts.unit()).isEqualTo("echo@.service");
        assertThat(counts.wakes().stream().mapToLong(Long::longValue).sum()).isEqualTo(50);
        assertThat(counts.ends()).containsEntry("exited", 49L).containsEntry("failed", 1L);
        List<PastRun> recorded = history.runs("echo@.service").join();
        assertThat(recorded).hasSize(20);
        assertThat(recorded.get(19).end()).isEqualTo("failed");
        assertThat(recorded.get(0).end()).isEqualTo("exited");
        assertThat(recorded.get(0).wake().cause()).startsWith("connection of 127.0.0.1:");
        assertThat(history.savings(Instant.EPOCH, List.of()).join().units()).isEmpty();
    }

    @Test
    void aStopByAnOperatorEndsIt() {
        FakeChild child = wake("");
        rig.service(NAME).stop("stop by uid 0");
        child.exit(0);

        assertThat(runs().get(0).end()).isEqualTo("stopped");
        assertThat(runs().get(0).why()).isEqualTo("stop by uid 0");
    }

    @Test
    void oneThatEndsByItselfIsToldApartFromOneThatIsStopped() {
        wake("").exit(0);

        assertThat(runs().get(0).end()).isEqualTo("exited");
    }

    @Test
    void aServiceThatFailsIsDownAndNotAsleep() {
        wake("").exit(3);

        assertThat(runs().get(0).end()).isEqualTo("failed");
        assertThat(runs().get(0).why()).contains("exited with code 3");
        assertThat(feed.latest()).extracting(Event::kind).containsExactly(Event.Kind.WAKE, Event.Kind.END);
    }

    /** Second by second, and each time until what was begun is done. */
    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            rig.advance(Duration.ofSeconds(1));
            history.units().join();
            rig.advance(Duration.ZERO);
        }
    }

    @Test
    void itIsLookedAtSoonThenLessAndLessOftenAndNotAtAllOnceItIsGone() {
        FakeChild child = wake("");
        pass(1);
        assertThat(looks()).isEqualTo(1);
        pass(600);
        long looks = looks();
        assertThat(looks).isBetween(6L, 11L);
        rig.service(NAME).stop("enough");
        child.exit(0);

        pass(600);

        assertThat(looks()).isEqualTo(looks);
    }
}
