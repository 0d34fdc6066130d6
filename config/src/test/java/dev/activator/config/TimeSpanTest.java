package dev.activator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeSpanTest {

    @ParameterizedTest
    @CsvSource({
        "90, 90000000",
        "1min 30s, 90000000",
        "1h30, 3630000000",
        "1.5h, 5400000000",
        ".5, 500000",
        "500ms, 500000",
        "2 min 200 ms, 120200000",
        "5us, 5",
        "5µs, 5",
        "1d 2h, 93600000000",
        "1M, 2629800000000",
        "1m, 60000000",
        "12.34 .56, 12900000",
        "0, 0",
    })
    void spansAreReadAsSystemdReadsThem(String text, long micros) {
        assertThat(TimeSpan.parse(text)).isEqualTo(Duration.of(micros, ChronoUnit.MICROS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "-5", "5 parsec", "1..5", "5.", "12.34.56", "5S", "infinity 5", "99999999999y"})
    void anythingElseIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> TimeSpan.parse(text));
    }

    @ParameterizedTest
    @CsvSource({"90, 1min 30s", "0, 0", "0.5, 500ms", "1.5, 1.5s", "3630, 1h 30s", "86400, 1d", "infinity, infinity"})
    void spansAreShownAsSystemdShowsThem(String text, String shown) {
        assertThat(TimeSpan.format(TimeSpan.parse(text))).isEqualTo(shown);
    }

    @Test
    void infinityIsLongerThanAnySpan() {
        assertThat(TimeSpan.isInfinite(TimeSpan.parse(" infinity "))).isTrue();
        assertThat(TimeSpan.INFINITY).isGreaterThan(TimeSpan.parse("100000y"));
    }
}
