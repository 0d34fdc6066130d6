package dev.activator.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    private static final long MIB = 1 << 20;

    @TempDir
    private Path directory = Path.of("");

    private static Look look(double seconds, long serviceMebibytes, long serverMebibytes, int processes) {
        return new Look(
                seconds,
                serviceMebibytes < 0 ? -1 : serviceMebibytes * MIB,
                serverMebibytes * MIB,
                processes,
                Math.round(seconds * 1e8),
                Math.round(seconds * 1e7),
                Math.round(seconds * 10),
                Math.round(seconds));
    }

    private static final Course ON = new Course(
            4.5,
            List.of(look(0, 300, 40, 3), look(10, 300, 40, 3)),
            List.of(
                    new Visit(0, 1_000, Visit.Result.ANSWERED),
                    new Visit(0, 3_000, Visit.Result.ANSWERED),
                    new Visit(1, 2_000, Visit.Result.ANSWERED)),
            3,
            "");

    /** Four fifths of the time nothing runs. */
    private static final Course LAZY = new Course(
            0,
            List.of(look(0, 0, 40, 0), look(8, 0, 40, 0), look(8, 100, 40, 1), look(10, 100, 40, 1)),
            List.of(
                    new Visit(0, 90_000, Visit.Result.ANSWERED),
                    new Visit(0, 2_000, Visit.Result.ANSWERED),
                    new Visit(1, 5_000, Visit.Result.CUT_OFF)),
            2,
            "");

    private Report report(Course alwaysOn, Course lazy) throws IOException {
        return new Report(
                Instant.parse("2026-11-26T08:00:00Z"),
                "a <small> host",
                "1/s",
                "20.0 s",
                new Declared(directory)
                        .service("db", "ListenStream=/run/db")
                        .service("web", "ListenStream=80")
                        .subjects()
                        .chosen(),
                alwaysOn,
                lazy);
    }

    private static Report.Row row(Report report, String what) {
        return report.rows().stream()
                .filter(row -> row.what().strip().equals(what))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void memoryIsAMeanOverTimeAndTheSuperServerCountsWhereItIsNeeded() throws IOException {
        Report report = report(ON, LAZY);

        assertThat(row(report, "memory, mean"))
                .isEqualTo(new Report.Row("memory, mean", "300 MiB", "60 MiB", "0.20 x"));
        assertThat(row(report, "memory, most").lazy()).isEqualTo("140 MiB");
        assertThat(row(report, "processor time").alwaysOn()).isEqualTo("1.00 s");
        assertThat(row(report, "processor time").lazy()).isEqualTo("1.10 s");
        assertThat(row(report, "context switches seen").lazy()).isEqualTo("110");
        assertThat(report.sentence())
                .isEqualTo("Lazily, 240 MiB of 300 MiB were not needed (80 %), the super-server's own memory counted.");
    }

    @Test
    void clientsThatWereNotAnsweredAreCountedAndNotInTheTimes() throws IOException {
        Report report = report(ON, LAZY);

        assertThat(row(report, "answered").lazy()).isEqualTo("2");
        assertThat(row(report, "refused, cut off, unanswered").lazy()).isEqualTo("0, 1, 0");
        assertThat(row(report, "slowest").lazy()).isEqualTo("90.0ms");
        assertThat(row(report, "answer after, half").alwaysOn()).isEqualTo("2.0ms");
        assertThat(report.parts())
                .extracting(Report.Part::socket, Report.Part::clients, Report.Part::failed)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("db.socket", 2, 0),
                        org.assertj.core.groups.Tuple.tuple("web.socket", 1, 1));
    }

    @Test
    void memoryThatCouldNotBeReadIsUnknownAndNotZero() throws IOException {
        Course unreadable = new Course(
                0,
                List.of(look(0, -1, 40, 1), look(10, -1, 40, 1)),
                List.of(),
                0,
                "cannot read the memory of pid 7: permission denied");

        Report report = report(ON, unreadable);

        assertThat(row(report, "memory, mean").lazy()).isEqualTo("unknown");
        assertThat(report.sentence())
                .isEqualTo("Memory is unknown: cannot read the memory of pid 7: permission denied.");
        assertThat(ReportPage.of(report, ZoneId.of("UTC"))).contains("unknown");
    }

    @Test
    void whereSleepDoesNotPayThatIsSaid() throws IOException {
        assertThat(report(LAZY, ON).sentence()).startsWith("Lazily, 320 MiB more were needed");
    }

    @Test
    void thePageHasAllFiguresNeedsNothingFromElsewhereAndEscapesWhatItIsTold() throws IOException {
        String page = ReportPage.of(report(ON, LAZY), ZoneId.of("UTC"));

        assertThat(page)
                .contains("300 MiB", "60 MiB", "web.socket", "/run/db", "2026-11-26 08:00 UTC")
                .contains("a &lt;small&gt; host")
                .doesNotContain("<script", "http://", "https://", "{{");
        assertThat(page.split("<svg")).hasSize(3);
    }
}
