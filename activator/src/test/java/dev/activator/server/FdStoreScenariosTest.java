package dev.activator.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.handoff.LaunchPlan;
import dev.activator.handoff.NotifyMessage;
import dev.activator.handoff.testing.FakeChild;
import dev.activator.handoff.testing.LingeringSocket;
import dev.activator.listener.OwnedFd;
import dev.activator.listener.kernel.LibC;
import dev.activator.listener.testing.FdLeakCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Descriptors that a service leaves with us come back behind its listeners, and go when it is down for good. */
@ExtendWith(FdLeakCheck.class)
class FdStoreScenariosTest {
    private static final String NAME = "web.service";
    private static final int F_DUPFD_CLOEXEC = 1030;

    @TempDir
    private Path directory = Path.of("");

    private Rig rig;

    @BeforeEach
    void open() throws IOException {
        rig = new Rig(directory);
    }

    @AfterEach
    void close() throws IOException {
        rig.service(NAME).processes().stored().close();
        rig.close();
    }

    private FakeChild wake(String settings) {
        rig.unit("web.socket", "[Socket]\nListenStream=PORT\n")
                .unit(NAME, "[Service]\nExecStart=/bin/true\nNotifyAccess=all\n" + settings)
                .load();
        rig.connect();
        return rig.launcher().expectLaunch(NAME);
    }

    /** A copy of standard input, whatever that is. */
    private void store(String name) {
        OwnedFd sent = OwnedFd.adopt(LibC.fcntl(0, F_DUPFD_CLOEXEC, 0), "sent by the service");
        rig.service(NAME).onNotify(NotifyMessage.of("FDSTORE", "1", "FDNAME", name), List.of(sent));
        if (sent.isOpen()) {
            sent.close();
        }
    }

    private String names() {
        List<LaunchPlan> plans = rig.launcher().plans();
        return plans.get(plans.size() - 1).environment().getOrDefault("LISTEN_FDNAMES", "");
    }

    @Test
    void nobodyWaitsForTheCloseOfASocketThatAServiceHasStored() throws IOException {
        wake("FileDescriptorStoreMax=2\n");
        try (LingeringSocket lingering = new LingeringSocket()) {
            rig.service(NAME)
                    .onNotify(
                            NotifyMessage.of("FDSTORE", "1", "FDNAME", "client"),
                            List.of(lingering.fd().move()));
            long before = System.nanoTime();
            rig.service(NAME).onNotify(NotifyMessage.of("FDSTOREREMOVE", "1", "FDNAME", "client"), List.of());

            assertThat(rig.service(NAME).processes().stored().size()).isZero();
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void theyComeBackBehindTheListenersAfterARestartThatWasAskedFor() {
        FakeChild first = wake("FileDescriptorStoreMax=2\n");
        assertThat(names()).isEqualTo("web.socket");
        store("cache");
        rig.service(NAME).restart("restart by uid 0");
        first.exit(0);

        assertThat(names()).isEqualTo("web.socket:cache");
        LaunchPlan plan = rig.launcher().plans().get(1);
        assertThat(plan.environment()).containsEntry("LISTEN_FDS", "2");
        assertThat(plan.fds()).anyMatch(mapping -> mapping.target() == 4);
    }

    @Test
    void oneThatIsTakenBackDoesNotComeAgain() {
        FakeChild first = wake("FileDescriptorStoreMax=2\n");
        store("cache");
        rig.service(NAME).onNotify(NotifyMessage.of("FDSTOREREMOVE", "1", "FDNAME", "cache"), List.of());
        rig.service(NAME).restart("restart by uid 0");
        first.exit(0);

        assertThat(names()).isEqualTo("web.socket");
    }

    @Test
    void whatThereIsNoRoomForIsSaidAndClosed() {
        wake("");
        store("cache");
        store("another");

        assertThat(rig.service(NAME).processes().stored().size()).isZero();
        assertThat(rig.events().count("FileDescriptorStoreMax=0 does not allow more"))
                .isEqualTo(1);
    }

    @Test
    void theyGoWhenTheServiceIsDownForGoodUnlessItSaysOtherwise() {
        wake("FileDescriptorStoreMax=2\n");
        store("cache");
        rig.launcher().running().get(0).exit(3);
        assertThat(rig.service(NAME).processes().stored().size()).isZero();
    }

    @Test
    void withPreserveTheyOutliveAStop() {
        FakeChild child = wake("FileDescriptorStoreMax=2\nFileDescriptorStorePreserve=yes\n");
        store("cache");
        rig.takeOne("web.socket");
        rig.service(NAME).stop("stop by uid 0");
        child.exit(0);
        rig.connect();

        assertThat(names()).isEqualTo("web.socket:cache");
    }

    @Test
    void namesThatListenFdnamesCannotHaveAreReplaced() {
        FakeChild first = wake("FileDescriptorStoreMax=2\n");
        store("a:b c");
        rig.service(NAME).restart("restart by uid 0");
        first.exit(0);

        assertThat(names()).isEqualTo("web.socket:stored");
    }
}
