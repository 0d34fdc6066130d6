package dev.activator.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.handoff.WorkerLink.Passing;
import dev.activator.handoff.kernel.UnixDatagrams;
import dev.activator.listener.BorrowedFd;
import dev.activator.listener.OwnedFd;
import dev.activator.listener.kernel.LibC;
import dev.activator.listener.testing.FdLeakCheck;
import dev.activator.listener.testing.ManualLoop;
import dev.activator.service.protocol.HandoffReport;
import dev.activator.service.protocol.PassedSocketText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
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

        @Override
        public void onClosed() {
            all.add("closed");
        }
    }

    @BeforeEach
    void open() {
        link = WorkerLink.open(loop, "web.service", heard);
        worker = OwnedFd.adopt(LibC.fcntl(link.theirs().number(), F_DUPFD_CLOEXEC, 0), "a worker's end");
        link.handedOver();
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

    @Test
    void descriptorsAndTextsArriveTogetherInTheirOrder() throws Exception {
        try (OwnedFd one = file("/dev/null");
                OwnedFd two = file("/dev/zero")) {
            assertThat(link.pass(List.of(one.lend(), two.lend()), List.of(TEXT, TEXT)))
                    .isEqualTo(Passing.DONE);
        }
        UnixDatagrams.Received received = new UnixDatagrams(1000).receive(worker.number());
        assertThat(received).isNotNull();
        List<OwnedFd> fds =
                received.fds().stream().map(fd -> OwnedFd.adopt(fd, "received")).toList();
        assertThat(fds)
                .extracting(fd ->
                        Path.of("/proc/self/fd/" + fd.number()).toRealPath().toString())
                .containsExactly("/dev/null", "/dev/zero");
        assertThat(new String(received.payload(), StandardCharsets.UTF_8))
                .isEqualTo("web.socket\tweb\there\tthere\nweb.socket\tweb\there\tthere\n");
        fds.forEach(OwnedFd::close);
    }

    @Test
    void reportsAreHeardInTheirOrder() {
        say("TAKEN 3\nENDED 2\n");
        say("TAKEN 4\n");
        assertThat(heard.all).containsExactly("TAKEN 3", "ENDED 2", "TAKEN 4");
    }

    @Test
    void whatIsNoReportEndsTheLinkAndNothingAfterItIsHeard() {
        say("TAKEN 1\nhello\n");
        say("TAKEN 2\n");
        assertThat(heard.all).containsExactly("garbage TAKEN 1\nhello\n");
        assertThat(link.isOpen()).isFalse();
    }

    @Test
    void moreThanOneMessageMayHaveIsGarbage() {
        say("ENDED 1\n".repeat(1000));
        assertThat(heard.all).hasSize(1);
        assertThat(heard.all.get(0)).startsWith("garbage ENDED 1").hasSizeLessThan(100);
    }

    @Test
    void theEndOfTheWorkersSideIsHeardOnceAndPassingFails() {
        worker.close();
        loop.runReady();
        loop.runReady();
        assertThat(heard.all).containsExactly("closed");
        assertThat(link.isOpen()).isFalse();
    }

    @Test
    void aWorkerThatReadsNothingFillsItsSocketAndLaterMeansLater() {
        try (OwnedFd file = file("/dev/null")) {
            List<BorrowedFd> fds = Collections.nCopies(PassedSocketText.MOST, file.lend());
            List<PassedSocketText> texts = Collections.nCopies(PassedSocketText.MOST, TEXT);
            Passing passing = Passing.DONE;
            for (int i = 0; i < 1000 && passing == Passing.DONE; i++) {
                passing = link.pass(fds, texts);
            }
            assertThat(passing).isEqualTo(Passing.LATER);
        }
    }
}
