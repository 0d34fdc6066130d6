package dev.activator.accounting;

import dev.activator.control.Footprint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Reckons what a service takes when it runs idle, from looks at it. */
final class Footprints {
    private static final double NANOS = 1e9;
    /** Where nobody knows whether it was in use, it was not if it kept a processor busy for less than this. */
    private static final double IDLE_SHARE = 0.01;

    private Footprints() {}

    /** @param samples oldest first */
    static Footprint of(List<Sample> samples) {
        List<Sample> awake = samples.stream().filter(Sample::awake).toList();
        List<Sample> idle = new ArrayList<>();
        double seconds = 0;
        double cpu = 0;
        double switches = 0;
        double switchSeconds = 0;
        for (int i = 0; i < awake.size(); i++) {
            Sample now = awake.get(i);
            Sample before = i == 0 ? null : awake.get(i - 1);
            boolean isIdle = isIdle(before, now);
            if (isIdle) {
                idle.add(now);
            }
            if (isIdle && before != null && isSameRun(before, now) && wasIdle(before)) {
                double span = seconds(before, now);
                seconds += span;
                cpu += now.reading().cpuNanos() - before.reading().cpuNanos();
                if (isGrown(before, now, Reading::switches)) {
                    switches += now.reading().switches() - before.reading().switches();
                    switchSeconds += span;
                }
            }
        }
        List<Sample> counted = idle.isEmpty() ? awake : idle;
        return footprint(
                counted,
                !idle.isEmpty(),
                seconds > 0 ? cpu / seconds : null,
                switchSeconds > 0 ? switches / switchSeconds : null);
    }

    private static Footprint footprint(
            List<Sample> counted, boolean isIdle, @Nullable Double cpu, @Nullable Double switches) {
        List<Long> memory = counted.stream()
                .map(sample -> sample.reading().memory())
                .filter(bytes -> bytes >= 0)
                .toList();
        OptionalDouble mean = memory.stream().mapToLong(Long::longValue).average();
        Sample last = counted.isEmpty() ? null : counted.get(counted.size() - 1);
        return new Footprint(
                mean.isPresent() ? Math.round(mean.getAsDouble()) : null,
                memory.stream().min(Long::compare).orElse(null),
                memory.stream().max(Long::compare).orElse(null),
                cpu,
                switches,
                last == null || last.reading().threads() == 0
                        ? null
                        : last.reading().threads(),
                counted.size(),
                isIdle,
                unknown(last, mean.isPresent(), cpu));
    }

    private static String unknown(@Nullable Sample last, boolean hasMemory, @Nullable Double cpu) {
        if (last == null) {
            return "has not been looked at while it ran";
        }
        if (!hasMemory) {
            return last.reading().unknown().isEmpty()
                    ? "its memory could not be read"
                    : last.reading().unknown();
        }
        return cpu == null ? "has not run idle for long enough to know its processor time" : "";
    }

    private static boolean wasIdle(Sample before) {
        return before.isIdle().orElse(true);
    }

    private static boolean isIdle(@Nullable Sample before, Sample now) {
        if (now.isIdle().isPresent()) {
            return now.isIdle().get();
        }
        return before != null
                && isSameRun(before, now)
                && now.reading().cpuNanos() - before.reading().cpuNanos() < IDLE_SHARE * NANOS * seconds(before, now);
    }

    /** Counters that went back are those of other processes. */
    private static boolean isSameRun(Sample before, Sample now) {
        return isGrown(before, now, Reading::cpuNanos) && seconds(before, now) > 0;
    }

    private static boolean isGrown(Sample before, Sample now, ToLongFunction<Reading> counter) {
        long earlier = counter.applyAsLong(before.reading());
        return earlier >= 0 && counter.applyAsLong(now.reading()) >= earlier;
    }

    private static double seconds(Sample before, Sample now) {
        return Duration.between(before.at(), now.at()).toNanos() / NANOS;
    }
}
