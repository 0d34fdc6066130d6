package dev.activator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TimeTextTest {
    @ParameterizedTest
    @CsvSource({
        "PT0S, now",
        "PT0.5S, 500ms ago",
        "PT1S, 1s ago",
        "PT59.9S, 59s ago",
        "PT1M, 1min 0s ago",
        "PT4M59S, 4min 59s ago",
        "PT5M, 5min ago",
        "PT59M59S, 59min ago",
        "PT1H2M, 1h 2min ago",
        "PT6H30M, 6h ago",
        "PT25H, 1 day 1h ago",
        "PT48H, 2 days ago",
        "P7D, 1 week 0 days ago",
        "P17D, 2 weeks 3 days ago",
        "P40D, 1 month 10 days ago",
        "P800D, 2 years 2 months ago",
        "PT-30S, 30s left",
    })
    void pastIsWordedAsSystemctlDoes(Duration past, String text) {
        assertThat(TimeText.ago(past)).isEqualTo(text);
    }

    @Test
    void stampNamesTheDayAndTheZone() {
        Instant at = Instant.parse("2026-11-20T08:00:00Z");
        assertThat(TimeText.stamp(at, ZoneId.of("UTC"))).isEqualTo("Fri 2026-11-20 08:00:00 UTC");
        // Newer JDKs know fewer short names of zones.
        assertThat(TimeText.stamp(at, ZoneId.of("Europe/Berlin")))
                .isIn("Fri 2026-11-20 09:00:00 CET", "Fri 2026-11-20 09:00:00 GMT+01:00");
    }

    @ParameterizedTest
    @CsvSource({"0, 0us", "999, 999us", "1000, 1.0ms", "34180, 34.2ms", "1204000, 1.204s"})
    void measuredSpansKeepTheDigitsThatMatter(long micros, String text) {
        assertThat(TimeText.measured(micros)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0B", "1023, 1023B", "1024, 1.0K", "36700160, 35.0M", "5368709120, 5.0G"})
    void sizesAreWordedAsSystemctlDoes(long bytes, String text) {
        assertThat(SizeText.of(bytes)).isEqualTo(text);
    }
}
