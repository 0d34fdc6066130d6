package dev.activator.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.handoff.kernel.UnixDatagrams;
import dev.activator.listener.OwnedFd;
import dev.activator.listener.kernel.LibC;
import dev.activator.listener.testing.FdLeakCheck;
import dev.activator.listener.testing.ManualLoop;
import dev.activator.service.protocol.HandoffReport;
import dev.activator.service.protocol.PassedSocketText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(FdLeakCheck.class)
class WorkerLinkTest {
    private static final int O_CLOEXEC = 0x80000;
    private static final int F_DUPFD_CLOEXEC = 1030;
    private static final PassedSocketText TEXT = new PassedSocketText("web.socket", "web", "here", "there");

    private final ManualLoop loop = new ManualLoop();
    private final Heard heard = new Heard();
    private WorkerLink link;
    private OwnedFd worker;

    private static final class Heard implements WorkerLink.Reports {
        private final List<String> all = new ArrayList<>();

        @Override
        public void onReport(HandoffReport report) {
            all.add(report.text().strip());
        }

        @Override
        public void onGarbage(String text) {
            all.add("garbage " + text);
        }
    }

    @BeforeEach
    void open() {
        link = WorkerLink.open(loop, "web.service", heard);
        worker = OwnedFd.adopt(LibC.fcntl(link.theirs().number(), F_DUPFD_CLOEXEC, 0), "a worker's end");
    }

    @AfterEach
    void close() {
        link.close();
        worker.close();
        loop.close();
    }

    private void say(String text) {
        new UnixDatagrams(10).send(worker.number(), text.getBytes(StandardCharsets.UTF_8), List.of());
        loop.runReady();
    }

    private static OwnedFd file(String path) {
        return OwnedFd.adopt(
                LibC.open(dev.activator.listener.kernel.NativeMemory.ofString(path), O_CLOEXEC, 0), "file " + path);
    }

    private void pass(String path) {
        try (OwnedFd file = file(path)) {
            assertThat(link.pass(file.lend(), TEXT, false)).isTrue();
        }
    }

    private static String path(OwnedFd fd) throws Exception {
        return Path.of("/proc/self/fd/" + fd.number()).toRealPath().toString();
    }

    private OwnedFd receive() {
        UnixDatagrams.Received received = new UnixDatagrams(1000).receive(worker.number());
        assertThat(received).isNotNull();
        assertThat(new String(received.payload(), StandardCharsets.UTF_8)).isEqualTo("web.socket\tweb\there\tthere\n");
        return OwnedFd.adopt(received.fds().get(0), "received");
    }

    @Test
    void connectionsArriveOneByOneWithWhatIsSaidOfThem() throws Exception {
        pass("/dev/null");
        pass("/dev/zero");
        for (String path : List.of("/dev/null", "/dev/zero")) {
            try (OwnedFd received = receive()) {
                assertThat(path(received)).isEqualTo(path);
            }
        }
    }

    @Test
    void theKernelSaysHowManyAreNotReceived() {
        pass("/dev/null");
        pass("/dev/null");
        pass("/dev/null");
        assertThat(link.countWaiting()).isEqualTo(3);
        receive().close();
        assertThat(link.countWaiting()).isEqualTo(2);
    }

    @Test
    void whatADeadWorkerHasNotReceivedIsTakenBack() throws Exception {
        pass("/dev/null");
        pass("/dev/zero");
        pass("/dev/full");
        receive().close();
        worker.close();
        List<OwnedFd> back = link.takeBack();
        assertThat(back).hasSize(2);
        assertThat(path(back.get(0))).isEqualTo("/dev/zero");
        assertThat(path(back.get(1))).isEqualTo("/dev/full");
        assertThat(link.countWaiting()).isZero();
        back.forEach(OwnedFd::close);
    }

    @Test
    void reportsAreHeardInTheirOrder() {
        say("ENDED 3\nENDED 2\n");
        say("CLOSED\n");
        assertThat(heard.all).containsExactly("ENDED 3", "ENDED 2", "CLOSED");
    }

    @Test
    void whatIsNoReportEndsTheHearingAndLosesNothing() {
        pass("/dev/null");
        say("ENDED 1\nhello\n");
        say("ENDED 2\n");
        assertThat(heard.all).containsExactly("garbage ENDED 1\nhello\n");
        assertThat(link.isUsable()).isFalse();
        assertThat(link.takeBack()).hasSize(1).allSatisfy(OwnedFd::close);
    }

    @Test
    void moreThanOneMessageMayHaveIsGarbage() {
        say("ENDED 1\n".repeat(1000));
        assertThat(heard.all).hasSize(1);
        assertThat(heard.all.get(0)).startsWith("garbage ENDED 1").hasSizeLessThan(100);
    }

    @Test
    void aWorkerThatReceivesNothingFillsItsSocketAndNothingIsLost() {
        int passed = 0;
        try (OwnedFd file = file("/dev/null")) {
            while (passed < 100_000 && link.pass(file.lend(), TEXT, false)) {
                passed++;
            }
        }
        assertThat(passed).isBetween(50, 99_999);
        assertThat(link.takeBack()).hasSize(passed).allSatisfy(OwnedFd::close);
    }
}
