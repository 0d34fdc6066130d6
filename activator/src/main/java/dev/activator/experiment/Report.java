package dev.activator.experiment;

import dev.activator.cli.TimeText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Both runs side by side.
 *
 * @param at when it was made
 * @param host what it was made on, in words
 * @param arrivals when clients came, in words
 * @param timeout after which services slept, in words
 */
record Report(
        Instant at,
        String host,
        String arrivals,
        String timeout,
        List<Subject> subjects,
        Course alwaysOn,
        Course lazy) {
    /** A line of the comparison. */
    record Row(String what, String alwaysOn, String lazy, String ratio) {}

    /** How one socket fared. */
    record Part(String socket, String listens, int clients, Quantiles alwaysOn, Quantiles lazy, int failed) {}

    Report {
        subjects = List.copyOf(subjects);
    }

    Summary summary(Mode mode) {
        return Summary.of(mode, course(mode));
    }

    Course course(Mode mode) {
        return mode == Mode.LAZY ? lazy : alwaysOn;
    }

    /** The comparison, as terminal and page show it. */
    List<Row> rows() {
        Summary always = summary(Mode.ALWAYS_ON);
        Summary lazily = summary(Mode.LAZY);
        List<Row> rows = new ArrayList<>();
        rows.add(compared("memory, mean", always.memoryMean(), lazily.memoryMean(), Mebibytes::of));
        rows.add(compared("memory, most", always.memoryMost(), lazily.memoryMost(), Mebibytes::of));
        rows.add(new Row("  of it the super-server", "-", Mebibytes.of(lazily.serverMemoryMean()), ""));
        rows.add(new Row("processes, mean", decimal(always.processesMean()), decimal(lazily.processesMean()), ""));
        rows.add(compared("processor time", millis(always.cpuSeconds()), millis(lazily.cpuSeconds()), Report::seconds));
        rows.add(new Row("  of it the super-server", "-", seconds(millis(lazily.serverCpuSeconds())), ""));
        rows.add(compared("context switches seen", always.switches(), lazily.switches(), Report::whole));
        rows.add(new Row("  of them the super-server's", "-", whole(lazily.serverSwitches()), ""));
        rows.add(new Row("clients", whole((long) always.clients()), whole((long) lazily.clients()), ""));
        rows.add(new Row("  answered", whole((long) always.answered()), whole((long) lazily.answered()), ""));
        rows.add(new Row("  refused, cut off, unanswered", failures(always), failures(lazily), ""));
        rows.add(new Row("services woken", "-", whole((long) lazily.wakes()), ""));
        latency(
                rows,
                "answer after, half",
                always.latency().p50(),
                lazily.latency().p50());
        latency(rows, "  95 of 100", always.latency().p95(), lazily.latency().p95());
        latency(rows, "  99 of 100", always.latency().p99(), lazily.latency().p99());
        latency(rows, "  slowest", always.latency().max(), lazily.latency().max());
        return rows;
    }

    /** The result in a sentence. */
    String sentence() {
        Long always = summary(Mode.ALWAYS_ON).memoryMean();
        Long lazily = summary(Mode.LAZY).memoryMean();
        if (always == null || lazily == null) {
            return "Memory is unknown: " + (alwaysOn.unknown().isEmpty() ? lazy.unknown() : alwaysOn.unknown()) + ".";
        }
        return always > lazily
                ? String.format(
                        Locale.ROOT,
                        "Lazily, %s of %s were not needed (%.0f %%), the super-server's own memory counted.",
                        Mebibytes.of(always - lazily),
                        Mebibytes.of(always),
                        100.0 * (always - lazily) / always)
                : "Lazily, " + Mebibytes.of(lazily - always)
                        + " more were needed: these services are used too often, or too small, for sleep to pay for the super-server.";
    }

    /** Each socket by itself. */
    List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < subjects.size(); i++) {
            Subject subject = subjects.get(i);
            List<Visit> before = of(alwaysOn, i);
            List<Visit> now = of(lazy, i);
            long failed = now.stream()
                    .filter(visit -> visit.result() != Visit.Result.ANSWERED)
                    .count();
            parts.add(new Part(
                    subject.socket().toString(),
                    String.join(
                            ", ",
                            subject.unit().listen().stream()
                                    .map(listen -> listen.address().toString())
                                    .toList()),
                    now.size(),
                    Quantiles.of(before),
                    Quantiles.of(now),
                    Math.toIntExact(failed)));
        }
        return parts;
    }

    /** For machines. */
    Map<String, Object> json() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("at", at);
        object.put("host", host);
        object.put("arrivals", arrivals);
        object.put("idleTimeout", timeout);
        object.put("alwaysOn", summary(Mode.ALWAYS_ON));
        object.put("lazy", summary(Mode.LAZY));
        object.put("sockets", parts());
        object.put("looks", Map.of("alwaysOn", alwaysOn.looks(), "lazy", lazy.looks()));
        return object;
    }

    private static List<Visit> of(Course course, int subject) {
        return course.visits().stream()
                .filter(visit -> visit.subject() == subject)
                .toList();
    }

    private static void latency(List<Row> rows, String what, @Nullable Long always, @Nullable Long lazily) {
        rows.add(new Row(what, micros(always), micros(lazily), ""));
    }

    /** As tables word it. */
    static String micros(@Nullable Long micros) {
        return micros == null ? "-" : TimeText.measured(micros);
    }

    private static Row compared(
            String what, @Nullable Long always, @Nullable Long lazily, Function<Long, String> word) {
        if (always == null || lazily == null) {
            return new Row(
                    what,
                    always == null ? "unknown" : word.apply(always),
                    lazily == null ? "unknown" : word.apply(lazily),
                    "");
        }
        String ratio = always > 0 ? String.format(Locale.ROOT, "%.2f x", (double) lazily / always) : "";
        return new Row(what, word.apply(always), word.apply(lazily), ratio);
    }

    private static String failures(Summary summary) {
        return summary.refused() + ", " + summary.cutOff() + ", " + summary.unanswered();
    }

    private static long millis(double seconds) {
        return Math.round(seconds * 1000);
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.2f s", millis / 1000.0);
    }

    private static String whole(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static String decimal(double count) {
        return String.format(Locale.ROOT, "%.1f", count);
    }
}
