package dev.activator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.activator.control.Footprint;
import dev.activator.control.PastRun;
import dev.activator.control.UnitSavings;
import dev.activator.control.WakeLatency;
import dev.activator.control.WakePhase;
import dev.activator.control.WakeReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AdviceTest {
    private static final Instant BEGIN = Instant.parse("2026-11-20T00:00:00Z");
    private static final long MIB = 1 << 20;
    private static final double GIBIBYTE_HOUR = 3600.0 * (1L << 30);

    private static UnitSavings unit(@Nullable Long memory, int wakes) {
        Footprint footprint = new Footprint(memory, memory, memory, 0.0, 0.0, 1, 5, true, "");
        return new UnitSavings(
                "web.service", 100, 5000, 0, 0, footprint, 0.0, 0.0, 0.0, wakes, wakes, new WakeLatency(1L, 1L, 1L));
    }

    /** Woken for ten seconds (of which the timeout is five) every so often, half a second's wait each; latest first. */
    private static List<PastRun> every(int seconds, int times) {
        List<PastRun> runs = new ArrayList<>();
        for (int i = times - 1; i >= 0; i--) {
            Instant at = BEGIN.plusSeconds((long) i * seconds);
            WakeReport wake = new WakeReport(at, "connection", List.of(new WakePhase("ready", 500_000)));
            runs.add(new PastRun("web.service", wake, 1, at.plusSeconds(10), "stopped", "idle"));
        }
        return runs;
    }

    private static Advice advise(List<PastRun> runs, Instant until, double gibibyteHoursPerSecond) {
        return Advice.of(
                unit(100 * MIB, runs.size()),
                Duration.ofSeconds(5),
                runs,
                until,
                gibibyteHoursPerSecond * GIBIBYTE_HOUR);
    }

    @Test
    void aPauseThatALongerTimeoutCoversWouldHaveBeenNoWake() {
        Advice advice = advise(every(60, 1440), BEGIN.plusSeconds(86_400), 0.1);

        Advice.Option now = advice.options().get(0);
        assertThat(now.timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(now.wakesPerDay()).isCloseTo(1440, within(0.1));
        assertThat(now.memoryByteSecondsPerDay()).isCloseTo(1440 * 10.0 * 100 * MIB, within(1.0));
        Advice.Option halfMinute = advice.options().get(1);
        assertThat(halfMinute.wakesPerDay()).isCloseTo(1440, within(0.1));
        assertThat(halfMinute.memoryByteSecondsPerDay()).isCloseTo(1440 * 35.0 * 100 * MIB, within(1.0));
        Advice.Option minute = advice.options().get(2);
        assertThat(minute.wakesPerDay()).isCloseTo(1, within(0.1));
        assertThat(minute.memoryByteSecondsPerDay()).isCloseTo(86_400.0 * 100 * MIB, within(1.0));
    }

    @Test
    void waitingThatIsWorthMuchKeepsItAwakeAndOtherwiseMemoryDoesNot() {
        List<PastRun> runs = every(60, 1440);

        assertThat(advise(runs, BEGIN.plusSeconds(86_400), 0.1).text()).isEqualTo("IdleTimeoutSec=1min instead of 5s");
        assertThat(advise(runs, BEGIN.plusSeconds(86_400), 0.0001).text()).isEqualTo("IdleTimeoutSec=5s is right");
    }

    @Test
    void littleIsSaidWhereLittleIsKnown() {
        assertThat(advise(every(60, 2), BEGIN.plusSeconds(600), 0.1).text())
                .isEqualTo("too little is known of it yet: 2 wakes, 5 looks");
        assertThat(Advice.of(unit(null, 9), Duration.ofSeconds(5), every(60, 9), BEGIN, 1)
                        .options())
                .isEmpty();
    }

    @Test
    void whatIsNeverUsedAndWhatNeverSleepsIsSaidToBe() {
        assertThat(advise(List.of(), BEGIN, 0.1).text()).startsWith("was never used in 1h 23min");
        assertThat(Advice.of(unit(100 * MIB, 3), null, every(60, 3), BEGIN, 1).text())
                .contains("has no IdleTimeoutSec=");
    }
}
