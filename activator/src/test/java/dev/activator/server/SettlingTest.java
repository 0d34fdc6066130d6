package dev.activator.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.handoff.LaunchFailure;
import dev.activator.handoff.LaunchPlan;
import dev.activator.handoff.testing.FakeLauncher;
import dev.activator.listener.testing.ManualLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SettlingTest {
    private static final Duration BREATH = Duration.ofSeconds(1);

    private final ManualLoop loop = new ManualLoop();
    private final List<String> told = new ArrayList<>();
    private final Settling settling = new Settling(new FakeLauncher(), loop, () -> told.add("settled"));

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void tellsOnceThatASpellOfLaunchesIsOver() throws LaunchFailure {
        for (int i = 0; i < 30; i++) {
            launch();
            loop.advance(BREATH);
        }
        assertThat(told).isEmpty();

        loop.advance(Settling.QUIET.multipliedBy(2));
        assertThat(told).hasSize(1);

        loop.advance(Duration.ofHours(1));
        assertThat(told).hasSize(1);

        launch();
        loop.advance(Settling.QUIET.multipliedBy(3));
        assertThat(told).hasSize(2);
    }

    private void launch() throws LaunchFailure {
        settling.launch(LaunchPlan.of("web.service", "/bin/true").build());
    }
}
