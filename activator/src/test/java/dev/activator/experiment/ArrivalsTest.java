package dev.activator.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.activator.cli.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrivalsTest {
    @TempDir
    private Path directory = Path.of("");

    private List<Subject> subjects = List.of();

    @BeforeEach
    void declareThreeSockets() throws IOException {
        subjects = new Declared(directory)
                .service("db", "ListenStream=/run/db")
                .service("syslog", "ListenDatagram=/run/log")
                .service("web", "ListenStream=80")
                .subjects()
                .chosen();
    }

    private Arrivals parse(String text, @Nullable Duration duration, long seed) {
        return Arrivals.parse(text, duration, seed, subjects);
    }

    @Test
    void aSeedMakesTheSameMomentsEachTimeAndAnotherSeedMakesOthers() {
        Duration minute = Duration.ofMinutes(1);

        assertThat(parse("poisson:5/s", minute, 7)).isEqualTo(parse("poisson:5/s", minute, 7));
        assertThat(parse("poisson:5/s", minute, 7).each())
                .isNotEqualTo(parse("poisson:5/s", minute, 8).each());
    }

    @Test
    void soManyComeAsTheRateSaysAndSpreadOverTheStreamSockets() {
        List<Arrival> each = parse("poisson:600/min", Duration.ofMinutes(20), 1).each();

        assertThat(each.size()).isCloseTo(12_000, withPercentage(4));
        assertThat(each).isSortedAccordingTo((a, b) -> Long.compare(a.atNanos(), b.atNanos()));
        assertThat(each.stream().filter(arrival -> arrival.subject() == 0).count())
                .isCloseTo(6_000, withPercentage(6));
        assertThat(each).noneMatch(arrival -> arrival.subject() == 1);
        assertThat(each)
                .allMatch(arrival -> arrival.atNanos() < Duration.ofMinutes(20).toNanos());
    }

    @Test
    void theTimesBetweenClientsVaryAsThoseOfIndependentEventsDo() {
        List<Arrival> each = parse("poisson:1/s", Duration.ofHours(3), 1).each();
        double[] gaps = new double[each.size() - 1];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = (each.get(i + 1).atNanos() - each.get(i).atNanos()) / 1e9;
        }
        double mean = java.util.Arrays.stream(gaps).average().orElse(0);
        double variance = java.util.Arrays.stream(gaps)
                .map(gap -> (gap - mean) * (gap - mean))
                .average()
                .orElse(0);

        assertThat(Math.sqrt(variance)).isCloseTo(mean, withPercentage(5));
    }

    @Test
    void aTraceIsReplayedInTheOrderOfItsTimes() throws IOException {
        Path trace = Files.writeString(directory.resolve("trace"), "# seconds socket\n2.5 web\n\n0.5 db.socket\n");

        Arrivals arrivals = parse("trace:" + trace, null, 1);

        assertThat(arrivals.each()).containsExactly(new Arrival(500_000_000, 0), new Arrival(2_500_000_000L, 2));
        assertThat(arrivals.duration()).isEqualTo(Duration.ofMillis(3500));
        assertThat(parse("trace:" + trace, Duration.ofSeconds(1), 1).each()).hasSize(1);
    }

    @Test
    void aWrongLineOfATraceIsNamedWithItsPlace() throws IOException {
        Path trace = Files.writeString(directory.resolve("trace"), "1 web\nsoon web\n");
        assertThatThrownBy(() -> parse("trace:" + trace, null, 1))
                .isInstanceOf(Failure.class)
                .hasMessage(trace + ":2: 'soon web' is not SECONDS SOCKET, such as '12.5 web.socket'.");

        Files.writeString(trace, "1 wbe\n");
        assertThatThrownBy(() -> parse("trace:" + trace, null, 1))
                .hasMessage(trace + ":1: 'wbe.socket' does not take part in the experiment.");

        Files.writeString(trace, "1 syslog\n");
        assertThatThrownBy(() -> parse("trace:" + trace, null, 1)).hasMessageContaining("has no stream socket");

        Files.writeString(trace, "# nobody\n");
        assertThatThrownBy(() -> parse("trace:" + trace, null, 1)).hasMessageContaining("names no client");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "poisson", "poisson:0/s", "poisson:3/day", "poisson:-1/s", "2/s", "trace:"})
    void whatIsNoWayToComeIsRefused(String text) {
        assertThatThrownBy(() -> parse(text, null, 1))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("--arrivals");
    }

    @Test
    void moreThanAMillionClientsAreRefusedAtOnce() {
        assertThatThrownBy(() -> parse("poisson:1000000/s", Duration.ofHours(1), 1))
                .hasMessageContaining("more than a million");
    }
}
