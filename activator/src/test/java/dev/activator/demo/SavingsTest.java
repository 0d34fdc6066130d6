package dev.activator.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.cli.Table;
import dev.activator.control.WakePhase;
import dev.activator.control.WakeReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SavingsTest {
    private static final long MIB = 1 << 20;
    private static final Visit VISIT = new Visit("web-01", 100, 90_000, "hello");

    @Test
    void alwaysOnIsComparedWithTheSuperServerAlone() {
        Savings savings = new Savings(figures(new ServiceMix(6, 2, 2), new ServiceMix(6, 2, 2), 30 * MIB));

        assertThat(print(savings.table())).isEqualTo("""
                        WHAT RUNS                     PROCESSES MEMORY
                        6 x JVM HTTP service          6         240 MiB
                        2 x native daemon (perl)      2         8.0 MiB
                        2 x inetd-style program (cat) 2         2.0 MiB
                        all 10 always on              10        250 MiB
                        Activator, all asleep         1         30 MiB
                        """);
    }

    @Test
    void savedMemoryIsSaidInMegabytesAndPercent() {
        Savings savings = new Savings(figures(new ServiceMix(6, 2, 2), new ServiceMix(6, 2, 2), 30 * MIB));

        assertThat(savings.sentence())
                .isEqualTo("While nobody needs them, 220 MiB of 250 MiB is free for others: 88 %.");
    }

    @Test
    void aSampleIsScaledAndSaidToBe() {
        Figures figures = figures(new ServiceMix(60, 20, 20), new ServiceMix(6, 2, 2), 30 * MIB);

        assertThat(figures.alwaysOnBytes()).isEqualTo(2500 * MIB);
        assertThat(new Savings(figures).sentence()).endsWith("(Reckoned from 10 services that were really started.)");
    }

    @Test
    void noSavingIsClaimedWhereThereIsNone() {
        Savings savings = new Savings(figures(new ServiceMix(6, 2, 2), new ServiceMix(6, 2, 2), 300 * MIB));

        assertThat(savings.sentence()).startsWith("So few services need less memory than the super-server itself");
    }

    @Test
    void latencyIsSplitBetweenActivatorAndTheService() {
        WakeReport wake = new WakeReport(
                Instant.EPOCH, "connection", List.of(new WakePhase("decision", 200), new WakePhase("spawn", 3_800)));

        assertThat(print(FirstContact.latency(VISIT, wake))).isEqualTo("""
                        WHO         WHAT                      TOOK
                        Activator   decision                  200us
                        Activator   spawn                     3.8ms
                        the service JVM start, accept, answer 86.0ms
                                    from connect to answer    90.0ms
                        """);
    }

    private static Figures figures(ServiceMix declared, ServiceMix started, long superServerBytes) {
        Map<ServiceKind, Long> bytes =
                Map.of(ServiceKind.WEB, 240 * MIB, ServiceKind.CLOCK, 8 * MIB, ServiceKind.ECHO, 2 * MIB);
        return new Figures(
                declared,
                400_000,
                20 * MIB,
                superServerBytes,
                new FirstContact(VISIT, List.of(), VISIT),
                new OtherKinds(VISIT, null),
                2_100_000,
                new Rush(started, 9_000_000, started.total(), bytes));
    }

    private static String print(Table table) {
        PlainScreen screen = new PlainScreen();
        table.print(screen.terminal(), true, true);
        return screen.text();
    }
}
