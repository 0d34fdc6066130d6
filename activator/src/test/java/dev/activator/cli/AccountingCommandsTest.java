package dev.activator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.control.Event;
import dev.activator.control.PastRun;
import dev.activator.control.WakePhase;
import dev.activator.control.WakeReport;
import dev.activator.control.testing.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AccountingCommandsTest {
    @TempDir
    private Path directory;

    private CommandRig rig;

    @BeforeEach
    void open() throws IOException {
        rig = new CommandRig(directory);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private static PastRun run(String unit, int second, String end, String why) {
        Instant at = Samples.NOW.minusSeconds(600).plusSeconds(second);
        List<WakePhase> phases = List.of(new WakePhase("spawn", 800), new WakePhase("ready", 33_400));
        WakeReport wake = new WakeReport(at, "connection on [::]:80", phases);
        return new PastRun(unit, wake, 2, end.isEmpty() ? null : at.plusSeconds(60), end, why);
    }

    @Test
    void savingsAreATableWithWhatTheSuperServerCostsSubtracted() {
        assertThat(rig.run("savings", "--since", "2h").out()).isEqualTo("""
                        SERVICE      ASLEEP   SHARE IDLE MEMORY         SPARED  CPU     WAKES P50     P95     MAX     LOOKS
                        web.service  1h 30min 75%   50.0M (48.6M-50.5M) 75.0M·h 648.0ms 3     180.0ms 250.0ms 250.0ms 20
                        mail.service 2h 0min  100%  unknown             unknown unknown 0     -       -       -       0

                        Since Fri 2026-11-20 06:05:00 UTC; 2h 0min ago:
                                                          MEMORY  CPU      CONTEXT SWITCHES
                          not used by services that slept 75.0M·h 648.0ms  24,300
                          used by the super-server itself 76.0M·h 900.0ms  2,500
                          saved                           -1.0M·h -252.0ms 21,800
                        So far the super-server has taken more memory than it saved.
                        Note: 1 service is not in the sum: what is not known of it is unknown, not nothing.
                        """);
    }

    @Test
    void savingsAreWorthMoneyIfAsked() {
        assertThat(rig.run("savings", "--cost", "memory=10/GBh,cpu=3600/h").out())
                .contains("worth -0.26 (memory -0.009766, cpu -0.25)");
    }

    @Test
    void savingsCanBeCalculatedWithUnknownsLeftEmpty() {
        assertThat(rig.run("savings", "--csv").out().lines())
                .hasSize(3)
                .first()
                .asString()
                .startsWith("service,asleep_seconds,");
        assertThat(rig.run("savings", "--csv").out())
                .contains("mail.service,7200.000000,0.000000,0.000000,0.000000,,,,,,,0,0,,,,0");
    }

    @Test
    void savingsAsJsonHaveWhatIsLeftAfterTheOwnUse() {
        assertThat(rig.run("savings", "--json").out()).contains("\"netCpuNanos\" : -2.52E8");
    }

    @Test
    void wrongTimesAndPricesAreExplained() {
        assertThat(rig.run("savings", "--since", "yesterday"))
                .isEqualTo(
                        new CommandRig.Result(
                                ExitStatus.USAGE,
                                "",
                                "--since 'yesterday' is neither a time span such as 90min, 12h or 7d nor a time such as 2026-11-20T08:00:00Z.\n"));
        assertThat(rig.run("savings", "--cost", "memory=1..2/GBh").err())
                .contains("is no price; write memory=0.004/GBh");
        assertThat(rig.run("savings", "--cost", "ram=1").status()).isEqualTo(ExitStatus.USAGE);
        assertThat(rig.run("activations", "-n", "-1").err()).isEqualTo("--lines must be 0..1000, not -1.\n");
    }

    @Test
    void activationsSayByWhomHowLongAndWhyItSleptAgain() {
        rig.operations()
                .withRuns(
                        run("web.service", 300, "", ""),
                        run("mail.service", 0, "stopped", "idle: no connection for 5min"));

        assertThat(rig.run("activations").out()).isEqualTo("""
                        WOKEN                       SERVICE      READY AFTER PHASES                   WAITED LASTED  END     BY                    WHY
                        Fri 2026-11-20 08:00:00 UTC web.service  34.2ms      spawn 800us ready 33.4ms 2      5min    -       connection on [::]:80
                        Fri 2026-11-20 07:55:00 UTC mail.service 34.2ms      spawn 800us ready 33.4ms 2      1min 0s stopped connection on [::]:80 idle: no connection for 5min
                        """);
        assertThat(rig.run("activations", "web").out()).doesNotContain("mail.service");
    }

    @Test
    void whatWasNeverWokenIsSaidToBeSo() {
        assertThat(rig.run("activations").out()).isEqualTo("No service has been woken yet.\n");
        assertThat(rig.run("activations", "web").out()).isEqualTo("web has not been woken yet.\n");
        assertThat(rig.run("activations", "wbe").err())
                .isEqualTo("Unit wbe.service could not be found; did you mean 'web.service'?\n");
        assertThat(rig.run("why", "wbe").status()).isEqualTo(ExitStatus.UNKNOWN);
    }

    @Test
    void topPrintsOnePictureWhereThereIsNoTerminal() {
        String out = rig.run("top", "--sort", "name").out();

        assertThat(out.lines().findFirst().orElseThrow())
                .matches("2026-11-20T08:05:00Z \\d units: .*; services take .*");
        assertThat(out).contains("UNIT").contains("web.socket").contains("awake");
        assertThat(rig.run("top", "--json").out()).startsWith("[{\"unit\":");
        assertThat(rig.run("top", "--sort", "size").err())
                .isEqualTo("--sort 'size' is no column; take name, state, memory, cpu, wakes or queue.\n");
        assertThat(rig.run("top", "--interval", "1ms").status()).isEqualTo(ExitStatus.USAGE);
    }

    @Test
    void eventsAreALineEach() {
        rig.operations().events().publish(Event.Kind.WARNING, "web.socket", "refusing connections");
        rig.operations().events().publish(Event.Kind.WAKE, "web.service", "after 34200 us, by connection on [::]:80");

        assertThat(rig.run("events").out()).isEqualTo("""
                        2026-11-20T08:05:00Z warning    web.socket: refusing connections
                        2026-11-20T08:05:00Z wake       web.service: after 34200 us, by connection on [::]:80
                        """);
        assertThat(rig.run("events", "*.socket").out().lines()).hasSize(1);
        assertThat(rig.run("events", "--json", "web").out())
                .isEqualTo(
                        "{\"number\":2,\"at\":\"2026-11-20T08:05:00Z\",\"kind\":\"wake\",\"unit\":\"web.service\",\"text\":\"after 34200 us, by connection on [::]:80\"}\n");
    }

    @Test
    void whyTellsOfWakeAndSleepAlsoByTheSocketsName() {
        rig.operations().withRuns(run("web.service", 0, "stopped", "idle: no connection for 5min (IdleTimeoutSec=)"));

        List<String> lines =
                new ArrayList<>(rig.run("why", "web.socket").out().lines().toList());

        assertThat(lines.get(0)).startsWith("web.service is active (");
        assertThat(lines)
                .contains(
                        "Woken Fri 2026-11-20 07:55:00 UTC; 10min ago, by connection on [::]:80; ready after 34.2ms (spawn 800us ready 33.4ms), 2 clients waited.",
                        "Stopped Fri 2026-11-20 07:56:00 UTC; 9min ago: idle: no connection for 5min (IdleTimeoutSec=).");
    }
}
