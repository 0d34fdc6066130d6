package dev.activator.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gathers the figures of one moment by metric. */
final class Figures {
    private final Map<Metric, GaugeSnapshot.Builder> gauges = new EnumMap<>(Metric.class);
    private final Map<Metric, CounterSnapshot.Builder> counters = new EnumMap<>(Metric.class);
    private final Map<Metric, HistogramSnapshot.Builder> histograms = new EnumMap<>(Metric.class);
    private final Map<Metric, InfoSnapshot.Builder> infos = new EnumMap<>(Metric.class);

    /**
     * Adds one figure.
     *
     * @param value null: it is unknown, and left out
     * @param labels in the order of {@link Metric#labels}
     */
    void add(Metric metric, @Nullable Number value, String... labels) {
        if (value == null) {
            return;
        }
        Labels named = named(metric, labels);
        switch (metric.kind()) {
            case GAUGE ->
                gauges.computeIfAbsent(metric, one -> described(one, GaugeSnapshot::builder))
                        .dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                                .labels(named)
                                .value(value.doubleValue())
                                .build());
            case COUNTER ->
                counters.computeIfAbsent(metric, one -> described(one, CounterSnapshot::builder))
                        .dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                                .labels(named)
                                .value(value.doubleValue())
                                .build());
            case INFO ->
                infos.computeIfAbsent(metric, one -> described(one, InfoSnapshot::builder))
                        .dataPoint(InfoSnapshot.InfoDataPointSnapshot.builder()
                                .labels(named)
                                .build());
            case HISTOGRAM -> throw new IllegalArgumentException(metric + " takes more than one figure");
        }
    }

    /** Adds a distribution: counts up to each bound, and beyond the last. */
    void add(Metric metric, List<Double> bounds, List<Long> counts, double sum, String... labels) {
        ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
        for (int i = 0; i < counts.size(); i++) {
            buckets.bucket(i < bounds.size() ? bounds.get(i) : Double.POSITIVE_INFINITY, counts.get(i));
        }
        HistogramSnapshot.HistogramDataPointSnapshot.Builder point =
                HistogramSnapshot.HistogramDataPointSnapshot.builder();
        point.classicHistogramBuckets(buckets.build());
        point.sum(sum);
        point.labels(named(metric, labels));
        histograms
                .computeIfAbsent(metric, one -> described(one, HistogramSnapshot::builder))
                .dataPoint(point.build());
    }

    private static Labels named(Metric metric, String... labels) {
        return metric.labels().isEmpty()
                ? Labels.EMPTY
                : Labels.of(metric.labels().toArray(String[]::new), labels);
    }

    private static <B extends MetricSnapshot.Builder<?>> B described(Metric metric, Supplier<B> fresh) {
        B builder = fresh.get();
        builder.name(metric.base());
        builder.help(metric.help());
        return builder;
    }

    MetricSnapshots snapshots() {
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        gauges.values().forEach(gauge -> all.metricSnapshot(gauge.build()));
        counters.values().forEach(counter -> all.metricSnapshot(counter.build()));
        histograms.values().forEach(histogram -> all.metricSnapshot(histogram.build()));
        infos.values().forEach(info -> all.metricSnapshot(info.build()));
        return all.build();
    }
}
