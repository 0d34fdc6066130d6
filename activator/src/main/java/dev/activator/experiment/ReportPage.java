package dev.activator.experiment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/** The report as one page of HTML that needs nothing from anywhere: style and charts are in it, and there is no script. */
final class ReportPage {
    private static final String TEMPLATE = "report.html";
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm zzz", Locale.ROOT);
    private static final double MEBIBYTE = 1 << 20;
    private static final int LATENCY_POINTS = 200;
    private static final double MILLI = 1000;

    private ReportPage() {}

    static String of(Report report, ZoneId zone) throws IOException {
        return template()
                .replace("{{date}}", Markup.text(DAY.format(report.at().atZone(zone))))
                .replace("{{sockets}}", Integer.toString(report.subjects().size()))
                .replace("{{sentence}}", Markup.text(report.sentence()))
                .replace("{{facts}}", facts(report))
                .replace("{{rows}}", rows(report))
                .replace("{{memory}}", memory(report))
                .replace("{{latency}}", latency(report))
                .replace("{{parts}}", parts(report));
    }

    private static String template() throws IOException {
        try (InputStream template = Objects.requireNonNull(ReportPage.class.getResourceAsStream(TEMPLATE), TEMPLATE)) {
            return new String(template.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String facts(Report report) {
        Summary lazy = report.summary(Mode.LAZY);
        return fact("Host", report.host())
                + fact("Clients", report.arrivals())
                + fact("Each run", Math.round(lazy.seconds()) + " s")
                + fact("Services sleep after", report.timeout());
    }

    private static String fact(String name, String value) {
        return "<dt>" + name + "</dt><dd>" + Markup.text(value) + "</dd>\n";
    }

    private static String rows(Report report) {
        StringBuilder rows = new StringBuilder();
        for (Report.Row row : report.rows()) {
            boolean isPart = row.what().startsWith(" ");
            rows.append(isPart ? "<tr class=\"part\">" : "<tr>")
                    .append("<th scope=\"row\">")
                    .append(Markup.text(row.what().strip()))
                    .append("</th>")
                    .append(cells(row.alwaysOn(), row.lazy(), row.ratio()))
                    .append("</tr>\n");
        }
        return rows.toString();
    }

    private static String parts(Report report) {
        StringBuilder rows = new StringBuilder();
        for (Report.Part part : report.parts()) {
            rows.append("<tr><th scope=\"row\">")
                    .append(Markup.text(part.socket()))
                    .append("</th><td>")
                    .append(Markup.text(part.listens()))
                    .append("</td>")
                    .append(cells(
                            Integer.toString(part.clients()),
                            Report.micros(part.alwaysOn().p50()),
                            Report.micros(part.lazy().p50()),
                            Report.micros(part.lazy().max()),
                            Integer.toString(part.failed())))
                    .append("</tr>\n");
        }
        return rows.toString();
    }

    private static String cells(String... values) {
        StringBuilder cells = new StringBuilder();
        for (String value : values) {
            cells.append("<td class=\"num\">").append(Markup.text(value)).append("</td>");
        }
        return cells.toString();
    }

    private static String memory(Report report) {
        List<Chart.Point> always = memory(Mode.ALWAYS_ON, report.alwaysOn());
        List<Chart.Point> lazy = memory(Mode.LAZY, report.lazy());
        double most = Stream.concat(always.stream(), lazy.stream())
                .mapToDouble(Chart.Point::up)
                .max()
                .orElse(0);
        double seconds =
                report.lazy().looks().stream().mapToDouble(Look::seconds).max().orElse(0);
        Chart chart = new Chart(
                Chart.Axis.linear("seconds", seconds, tick -> String.format(Locale.ROOT, "%.0f", tick)),
                Chart.Axis.linear("MiB", most, tick -> String.format(Locale.ROOT, "%,.0f", tick)));
        chart.area("lazy", lazy);
        chart.line("always on", "on", always);
        chart.line("lazy, with the super-server", "lazy", lazy);
        chart.line(
                "the super-server alone",
                "server",
                report.lazy().looks().stream()
                        .map(look -> new Chart.Point(look.seconds(), look.serverBytes() / MEBIBYTE))
                        .toList());
        return chart.svg("Memory over time. " + report.sentence());
    }

    private static List<Chart.Point> memory(Mode mode, Course course) {
        return course.looks().stream()
                .filter(look -> look.serviceBytes() >= 0)
                .map(look -> new Chart.Point(look.seconds(), Summary.bytes(mode, look) / MEBIBYTE))
                .toList();
    }

    private static String latency(Report report) {
        long[] always = Quantiles.sorted(report.alwaysOn().visits());
        long[] lazy = Quantiles.sorted(report.lazy().visits());
        if (always.length == 0 || lazy.length == 0) {
            return "<p>No client was answered in one of the runs.</p>";
        }
        Chart chart = new Chart(
                Chart.Axis.logarithmic(
                        "answered within",
                        (double) Math.max(1, Math.min(always[0], lazy[0])),
                        (double) Math.max(always[always.length - 1], lazy[lazy.length - 1]),
                        ReportPage::time),
                Chart.Axis.linear("of clients", 99, tick -> String.format(Locale.ROOT, "%.0f %%", tick)));
        chart.line("always on", "on", shares(always));
        chart.line("lazy", "lazy", shares(lazy));
        return chart.svg("How many of the clients were answered within which time.");
    }

    /** Powers of ten of microseconds: {@code 10 ms}. */
    private static String time(double micros) {
        String unit = micros < MILLI ? "us" : micros < MILLI * MILLI ? "ms" : "s";
        double scaled = micros < MILLI ? micros : micros < MILLI * MILLI ? micros / MILLI : micros / MILLI / MILLI;
        return String.format(Locale.ROOT, "%.0f %s", scaled, unit);
    }

    /** How many of a hundred had waited at most so long. */
    private static List<Chart.Point> shares(long[] sorted) {
        List<Chart.Point> points = new ArrayList<>();
        int before = -1;
        for (int i = 0; i <= LATENCY_POINTS; i++) {
            int at = Math.round((sorted.length - 1) * (i / (float) LATENCY_POINTS));
            if (at > before) {
                points.add(new Chart.Point(sorted[at], 100.0 * (at + 1) / sorted.length));
                before = at;
            }
        }
        return points;
    }
}
