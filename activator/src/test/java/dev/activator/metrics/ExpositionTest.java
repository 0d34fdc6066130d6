package dev.activator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.control.Counts;
import dev.activator.control.MetricsText;
import dev.activator.control.UnitCounts;
import dev.activator.control.testing.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a collector gets, and that all of it is documented. */
class ExpositionTest {
    private static final Path DOCS = Path.of("../docs/metrics.md");
    private static final String BEGIN = "<!-- generated: the table of metrics -->\n";

    private static Counts counts() {
        List<Long> wakes = new java.util.ArrayList<>(Collections.nCopies(UnitCounts.BOUNDS.size() + 1, 0L));
        wakes.set(4, 3L);
        wakes.set(UnitCounts.BOUNDS.size(), 1L);
        TreeMap<String, Long> ends = new TreeMap<>();
        ends.put("stopped", 2L);
        return new Counts(List.of(new UnitCounts("web.service", true, false, 4096L, wakes, 45.1, ends)), 7, 0.25);
    }

    private static MetricsText text(String accept) {
        return Exposition.of(
                Samples.server(),
                1_500_000_000L,
                List.of(Samples.webSocket(), Samples.webService(), Samples.sshSocket()),
                counts(),
                accept);
    }

    @Test
    void figuresAreThoseOfTheMoment() {
        assertThat(text("").text().lines())
                .contains(
                        "activator_build_info{version=\"0.1.0\"} 1",
                        "activator_cpu_seconds_total 1.5",
                        "activator_looks_total 7.0",
                        "activator_listener_queue{listener=\"[::]:80\",unit=\"web.socket\"} 3.0",
                        "activator_service_awake{unit=\"web.service\"} 1.0",
                        "activator_service_memory_bytes{unit=\"web.service\"} 4096.0",
                        "activator_service_ends_total{end=\"stopped\",unit=\"web.service\"} 2.0",
                        "activator_service_wake_seconds_bucket{unit=\"web.service\",le=\"0.01\"} 0",
                        "activator_service_wake_seconds_bucket{unit=\"web.service\",le=\"0.025\"} 3",
                        "activator_service_wake_seconds_bucket{unit=\"web.service\",le=\"+Inf\"} 4",
                        "activator_service_wake_seconds_count{unit=\"web.service\"} 4",
                        "activator_service_wake_seconds_sum{unit=\"web.service\"} 45.1");
    }

    @Test
    void whatIsUnknownIsLeftOut() {
        Counts unknown = new Counts(
                List.of(new UnitCounts(
                        "web.service", true, false, null, Collections.nCopies(15, 0L), 0, new TreeMap<>())),
                0,
                0);
        assertThat(Exposition.of(Samples.server(), null, List.of(), unknown, "").text())
                .doesNotContain("activator_service_memory_bytes")
                .doesNotContain("activator_cpu_seconds");
    }

    @Test
    void aCollectorOfOpenMetricsGetsThat() {
        MetricsText open = text("application/openmetrics-text; version=1.0.0");

        assertThat(open.contentType()).startsWith("application/openmetrics-text");
        assertThat(open.text()).endsWith("# EOF\n");
        assertThat(text("text/plain").contentType()).startsWith("text/plain; version=0.0.4");
    }

    @Test
    void everyMetricIsDocumented() throws IOException {
        String table = BEGIN + "\n| metric | kind | labels | what |\n|---|---|---|---|\n"
                + Arrays.stream(Metric.values())
                        .map(metric -> "| `" + metric.fullName() + "` | "
                                + metric.kind().name().toLowerCase(java.util.Locale.ROOT) + " | "
                                + String.join(", ", metric.labels()) + " | " + metric.help() + " |\n")
                        .collect(Collectors.joining());
        String docs = Files.readString(DOCS);
        if (Boolean.getBoolean("regenerate.docs")) {
            Files.writeString(DOCS, docs.substring(0, docs.indexOf(BEGIN)) + table);
        }
        assertThat(Files.readString(DOCS)).endsWith(table);
    }
}
