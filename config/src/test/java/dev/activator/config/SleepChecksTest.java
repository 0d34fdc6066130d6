package dev.activator.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings about sleep that contradict each other are told when they are read, not found out at midnight. */
class SleepChecksTest {
    @TempDir
    private Path directory;

    private static UnitText.Parsed service(String lines) {
        return Units.parse("x.service", ("[Service];ExecStart=/bin/x;" + lines).split(";"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[X-Activator];IdleTimeoutSec=0;KeepWarm=08:00-18:00 | KeepWarm= has no effect: IdleTimeoutSec=0 puts nothing to sleep",
                "[X-Activator];IdleTimeoutSec=0;IdleWhen=no-cpu | IdleWhen= has no effect: IdleTimeoutSec=0 puts nothing to sleep",
                "[X-Activator];IdleTimeoutSec=1min;KeepWarm=always | KeepWarm=always leaves IdleTimeoutSec= without effect: it never sleeps",
                "[X-Activator];IdleTimeoutSec=1min;IdleAction=freeze;FreezeMaxSec=5 | FreezeMaxSec= has no effect: IdleAction=freeze does not stop what stands still; freeze-then-stop does",
                "[X-Activator];IdleTimeoutSec=1min;IdleAction=stop;PageOutAfterSec=5 | PageOutAfterSec= has no effect: IdleAction=stop leaves nothing standing still",
                "[X-Activator];IdleTimeoutSec=1;IdleAction=freeze-then-stop;FreezeMaxSec=5;PageOutAfterSec=6 | PageOutAfterSec= is never reached: FreezeMaxSec=5s stops it before",
                "Type=oneshot;[X-Activator];IdleTimeoutSec=1;IdleAction=freeze | IdleAction=freeze has no effect with Type=oneshot, which leaves no process that could stand still",
                "[X-Activator];IdleTimeoutSec=1;IdleAction=freze | IdleAction= 'freze': expected one of stop, freeze, freeze-then-stop; did you mean 'freeze'?, ignoring",
                "[X-Activator];IdleTimeoutSec=1;IdleWhen=no-cpus | IdleWhen= 'no-cpus': expected one of no-connections, no-traffic, no-cpu; did you mean 'no-cpu'?, ignoring this word",
            })
    void whatContradictsIsTold(String lines, String warning) {
        UnitText.Parsed parsed = service(lines);
        assertThat(parsed.unit()).isNotNull();
        assertThat(parsed.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.message()).isEqualTo(warning);
            assertThat(problem.location().line()).isGreaterThan(3);
        });
    }

    @Test
    void traficOfUnixSocketsIsNotSeen() {
        UnitText.Parsed parsed = Units.parse(
                "x.socket",
                "[Socket]",
                "ListenStream=/run/x",
                "[X-Activator]",
                "IdleTimeoutSec=9",
                "IdleWhen=no-traffic");
        assertThat(parsed.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message())
                        .isEqualTo(
                                "IdleWhen= cannot see the bytes of connections at '/run/x': the kernel counts them for "
                                        + "TCP only, so any connection there counts as use"));
    }

    @Test
    void aServiceOfOneConnectionDoesNotSleep() {
        UnitText.Parsed parsed = Units.parse(
                "x.socket", "[Socket]", "ListenStream=80", "Accept=yes", "[X-Activator]", "IdleTimeoutSec=9");
        assertThat(parsed.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message())
                        .isEqualTo("IdleTimeoutSec= has no effect: Accept=yes starts a service for each connection"));
    }

    @Test
    void settingsThatAgreeAreTaken() {
        UnitText.Parsed parsed = service(
                "[X-Activator];IdleTimeoutSec=1min;IdleWhen=no-traffic no-cpu;KeepWarm=Mon..Fri 08:00-18:00;"
                        + "MinUptimeSec=30;IdleAction=freeze-then-stop;FreezeMaxSec=1h;PageOutAfterSec=5min;IdleIgnoreProbes=yes");
        assertThat(parsed.problems()).isEmpty();
        Unit unit = Units.loaded(parsed);
        assertThat(unit.get(SleepDirectives.IDLE_WHEN)).containsExactly(IdleSign.NO_TRAFFIC, IdleSign.NO_CPU);
        assertThat(unit.get(SleepDirectives.FREEZE_MAX)).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void settingsWithoutATimeoutAnywhereAreTold() throws IOException {
        write("x.socket", "[Socket]\nListenStream=80\n");
        write("x.service", "[Service]\nExecStart=/bin/x\n[X-Activator]\nIdleWhen=no-cpu\n");
        assertThat(load().problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString())
                        .endsWith(
                                "x.service:4:10: warning: IdleWhen= has no effect: neither the service nor its sockets set "
                                        + "IdleTimeoutSec="));
    }

    @Test
    void aTimeoutInTheSocketCountsForItsService() throws IOException {
        write("x.socket", "[Socket]\nListenStream=80\n[X-Activator]\nIdleTimeoutSec=5\n");
        write("x.service", "[Service]\nExecStart=/bin/x\n[X-Activator]\nIdleWhen=no-cpu\n");
        assertThat(load().problems()).isEmpty();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    private UnitCatalog load() {
        return UnitLoader.load(List.of(directory), HostFacts.forTests(), LoadOptions.DEFAULT);
    }
}
