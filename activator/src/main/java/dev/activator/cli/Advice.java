package dev.activator.cli;

import dev.activator.config.TimeSpan;
import dev.activator.control.PastRun;
import dev.activator.control.UnitSavings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one service's idle timeout should be, by what would have happened with others. A longer one would have kept it awake over every pause
 * that is not longer; of a shorter one only the end of each run is known, so what it would have woken more is not, and it is not offered.
 *
 * @param now what it is; null where it never sleeps by itself
 * @param options what would have been with each, shortest first; none where too little is known
 * @param best the cheapest of them; null where there are none
 */
record Advice(
        String unit,
        @Nullable Duration now,
        String text,
        List<Option> options,
        @Nullable Option best) {
    private static final List<Duration> OTHERS = List.of(
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(2),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofMinutes(20),
            Duration.ofHours(1),
            Duration.ofHours(3),
            Duration.ofHours(12));
    private static final double DAY = 86_400;
    private static final double MICROS = 1e6;
    private static final int FEW = 3;

    /**
     * One timeout, by the day.
     *
     * @param waitSecondsPerDay how long clients would have waited for it altogether
     * @param memoryByteSecondsPerDay what it would have had in memory
     */
    record Option(Duration timeout, double wakesPerDay, double waitSecondsPerDay, double memoryByteSecondsPerDay) {
        /** @param second worth of a second's wait, byte-seconds */
        double cost(double second) {
            return memoryByteSecondsPerDay + waitSecondsPerDay * second;
        }
    }

    Advice {
        options = List.copyOf(options);
    }

    /**
     * Reckons.
     *
     * @param runs latest first
     * @param second what a client's second of waiting is worth, byte-seconds
     */
    static Advice of(UnitSavings unit, @Nullable Duration now, List<PastRun> runs, Instant until, double second) {
        if (runs.isEmpty()) {
            return none(
                    unit,
                    now,
                    "was never used in " + span(unit.asleepSeconds()) + "; if that is to stay so, disable its socket");
        }
        if (now == null) {
            return none(
                    unit,
                    null,
                    unit.asleepSeconds() == 0
                            ? "never sleeps: it has no IdleTimeoutSec="
                            : "sleeps only when it is stopped: it has no IdleTimeoutSec=");
        }
        if (runs.size() < FEW || unit.footprint().memory() == null) {
            return none(
                    unit,
                    now,
                    "too little is known of it yet: " + runs.size() + (runs.size() == 1 ? " wake, " : " wakes, ")
                            + unit.footprint().samples() + " looks");
        }
        List<Option> options = options(unit, now, unit.footprint().memory(), runs, until);
        Option best = options.stream()
                .min(Comparator.comparingDouble(option -> option.cost(second)))
                .orElseThrow();
        String text = best.timeout().equals(now)
                ? "IdleTimeoutSec=" + TimeSpan.format(now) + " is right"
                : "IdleTimeoutSec=" + TimeSpan.format(best.timeout()) + " instead of " + TimeSpan.format(now);
        return new Advice(unit.unit(), now, text, options, best);
    }

    private static Advice none(UnitSavings unit, @Nullable Duration now, String text) {
        return new Advice(unit.unit(), now, text, List.of(), null);
    }

    private static String span(double seconds) {
        return TimeText.left(Duration.ofSeconds(Math.round(seconds)));
    }

    private static List<Option> options(
            UnitSavings unit, Duration now, long memory, List<PastRun> runs, Instant until) {
        TreeSet<Duration> timeouts = new TreeSet<>(List.of(now));
        OTHERS.stream().filter(other -> other.compareTo(now) > 0).forEach(timeouts::add);
        PastRun oldest = runs.get(runs.size() - 1);
        double seconds = Math.max(1, seconds(oldest.wake().at(), until));
        double meanWait = runs.stream()
                        .mapToLong(run -> run.wake().totalMicros())
                        .average()
                        .orElse(0)
                / MICROS;
        double meanClients = Math.max(1, (double) unit.waited() / Math.max(1, unit.wakes()));
        List<Option> options = new ArrayList<>();
        for (Duration timeout : timeouts) {
            double extra = timeout.minus(now).toMillis() / 1000.0;
            int wakes = runs.size();
            double awake = 0;
            Instant next = until;
            for (PastRun run : runs) {
                Instant end = run.endedAt() == null ? next : run.endedAt();
                double gap = Math.max(0, seconds(end, next));
                awake += seconds(run.wake().at(), end) + Math.min(gap, extra);
                // The pause before the next wake would have been passed awake, so that wake would not have been.
                wakes -= gap <= extra && next.isBefore(until) ? 1 : 0;
                next = run.wake().at();
            }
            double perDay = DAY / seconds;
            options.add(new Option(
                    timeout, wakes * perDay, wakes * meanWait * meanClients * perDay, awake * memory * perDay));
        }
        return options;
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }
}
