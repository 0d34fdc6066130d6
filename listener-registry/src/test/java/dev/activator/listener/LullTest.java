package dev.activator.listener;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.listener.testing.ManualLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LullTest {
    private static final Duration QUIET = Duration.ofSeconds(3);
    private static final Duration BREATH = Duration.ofSeconds(1);

    private final ManualLoop loop = new ManualLoop();
    private final List<String> told = new ArrayList<>();
    private final Lull lull = new Lull(loop, QUIET, "a test", () -> told.add("over"));

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void tellsOnceThatASpellIsOver() {
        for (int i = 0; i < 30; i++) {
            lull.stir();
            loop.advance(BREATH);
        }
        assertThat(told).isEmpty();

        loop.advance(QUIET.multipliedBy(2));
        assertThat(told).hasSize(1);

        loop.advance(Duration.ofHours(1));
        assertThat(told).hasSize(1);

        lull.stir();
        loop.advance(QUIET.multipliedBy(3));
        assertThat(told).hasSize(2);
    }
}
