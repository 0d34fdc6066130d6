package dev.activator.experiment;

import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * How long answered clients waited, in microseconds; null where there were none.
 *
 * @param p50 half of them waited at most so long
 * @param p95 nineteen of twenty
 * @param p99 all but one in a hundred
 */
record Quantiles(
        @Nullable Long p50,
        @Nullable Long p95,
        @Nullable Long p99,
        @Nullable Long max) {
    static Quantiles of(List<Visit> visits) {
        long[] sorted = sorted(visits);
        return new Quantiles(at(sorted, 0.5), at(sorted, 0.95), at(sorted, 0.99), at(sorted, 1));
    }

    /** Of those that were answered, quickest first. */
    static long[] sorted(List<Visit> visits) {
        return visits.stream()
                .filter(visit -> visit.result() == Visit.Result.ANSWERED)
                .flatMapToLong(visit -> LongStream.of(visit.micros()))
                .sorted()
                .toArray();
    }

    private static @Nullable Long at(long[] sorted, double share) {
        return sorted.length == 0 ? null : sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }
}
