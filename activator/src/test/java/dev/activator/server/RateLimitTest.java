package dev.activator.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void admitsABurstAndThenNothingUntilTheWindowEnds() {
        RateLimit limit = new RateLimit(Duration.ofSeconds(2), 3);
        assertThat(limit.admit(0)).isTrue();
        assertThat(limit.admit(1)).isTrue();
        assertThat(limit.admit(2)).isTrue();
        assertThat(limit.admit(SECOND)).isFalse();
        assertThat(limit.untilNextWindow(SECOND)).isEqualTo(Duration.ofSeconds(1));
        assertThat(limit.admit(2 * SECOND)).isTrue();
    }

    @Test
    void zeroMeansNoLimit() {
        RateLimit limit = new RateLimit(Duration.ofSeconds(2), 0);
        for (int i = 0; i < 1_000; i++) {
            assertThat(limit.admit(0)).isTrue();
        }
    }

    @Test
    void aResetForgetsTheWindow() {
        RateLimit limit = new RateLimit(Duration.ofSeconds(2), 1);
        assertThat(limit.admit(0)).isTrue();
        assertThat(limit.admit(0)).isFalse();
        limit.reset();
        assertThat(limit.admit(0)).isTrue();
    }
}
