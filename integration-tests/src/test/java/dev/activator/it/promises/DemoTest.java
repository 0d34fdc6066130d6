package dev.activator.it.promises;

import static dev.activator.it.rig.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.it.rig.Command;
import dev.activator.it.rig.SuperServer;
import dev.activator.it.rig.Transcript;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guided tour runs to its end without a person, and leaves nothing behind, also when it is interrupted. */
class DemoTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int INTERRUPTED = 130;

    @Test
    void theTourShowsAHundredSocketsAFirstConnectionAndWhatThatSaves() {
        String tour = Command.of(SuperServer.launcher(), "demo")
                .within(LIMIT)
                .run()
                .succeeded()
                .out();
        assertThat(tour)
                .contains("100")
                .contains("LISTEN")
                .contains("ACTIVATES")
                .contains("MiB");
    }

    /** While it shows the sockets, and while all of its services are being started. */
    @ParameterizedTest
    @ValueSource(strings = {"Starting the super-server", "LISTEN", "Answers"})
    void ctrlCLeavesNoProcessNoSocketAndNoFileBehind(String moment) throws IOException, InterruptedException {
        Process demo = Command.of("env", "--default-signal=INT", SuperServer.launcher(), "demo")
                .start();
        try {
            demo.getOutputStream().close();
            Path files = Path.of(System.getProperty("java.io.tmpdir"), "activator-demo-" + demo.pid());
            Transcript.of(demo.getInputStream()).await(moment);
            List<ProcessHandle> processes = demo.descendants().toList();
            assertThat(processes).isNotEmpty();
            assertThat(files).exists();

            Command.of("sh", "-c", "kill -INT " + demo.pid()).run().succeeded();

            assertThat(demo.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(demo.exitValue()).isEqualTo(INTERRUPTED);
            assertThat(files).doesNotExist();
            eventually(
                    "all processes of the demo are gone",
                    () -> processes.stream().noneMatch(ProcessHandle::isAlive));
        } finally {
            demo.destroyForcibly();
        }
    }
}
