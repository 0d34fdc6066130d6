package dev.activator.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimeAllowanceTest {
    private long now;
    private final TimeAllowance allowance = new TimeAllowance(Duration.ofMillis(100), 50, () -> now);

    private boolean work(Duration took) {
        return allowance.spend(() -> now += took.toNanos());
    }

    @Test
    void aSpellIsPaidFromWhatWasSavedAndThenOnlyTheShareIsLeft() {
        int done = 0;
        while (work(Duration.ofMillis(2))) {
            done++;
        }
        assertThat(done).isBetween(50, 52);
        now += Duration.ofMillis(100).toNanos();
        assertThat(work(Duration.ofMillis(2))).isTrue();
        assertThat(work(Duration.ofMillis(2))).isFalse();
    }

    @Test
    void noMoreIsSavedThanTheBound() {
        now += Duration.ofDays(1).toNanos();
        assertThat(work(Duration.ofMillis(110))).isTrue();
        assertThat(work(Duration.ofMillis(1))).isFalse();
    }
}
