package dev.activator.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.handoff.LaunchFailure;
import dev.activator.handoff.LaunchPlan;
import dev.activator.handoff.testing.FakeLauncher;
import dev.activator.listener.Lull;
import dev.activator.listener.testing.ManualLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SettlingTest {
    private final ManualLoop loop = new ManualLoop();
    private final List<String> told = new ArrayList<>();
    private final FakeLauncher launcher = new FakeLauncher();
    private final Lull lull = new Lull(loop, Duration.ofSeconds(3), "a test", () -> told.add("settled"));

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void settlesAfterALaunchAndNotWithoutOne() throws LaunchFailure {
        Settling settling = new Settling(launcher, lull);
        loop.advance(Duration.ofMinutes(1));
        assertThat(told).isEmpty();

        settling.launch(LaunchPlan.of("web.service", "/bin/true").build());
        launcher.expectLaunch("web.service");
        loop.advance(Duration.ofMinutes(1));
        assertThat(told).hasSize(1);
    }
}
