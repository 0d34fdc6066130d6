package dev.activator.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProblemMessageTest {
    @TempDir
    Path temp;

    @Test
    void aProblemHasItsPlaceTheTextAReasonAHintAndWhatHappensNext() {
        assertThat(Units.messages(Units.socket("ListenStream=0.0.0.0:99999", "MaxConection=5", "Backlog = many")))
                .containsExactly(
                        "test.socket:3:14: warning: ListenStream= '0.0.0.0:99999': port must be 1..65535, ignoring",
                        "test.socket:4:1: warning: unknown setting 'MaxConection=' in [Socket], ignoring; did you mean 'MaxConnections='?",
                        "test.socket:5:11: warning: Backlog= 'many': expected a whole number, 0..4294967295, ignoring");
    }

    @Test
    void aSettingInTheWrongSectionIsShownItsPlace() {
        assertThat(Units.messages(
                        Units.parse("x.service", "[Unit]", "ExecStart=/bin/true", "[Service]", "ExecStart=/bin/true")))
                .containsExactly("x.service:2:1: warning: unknown setting 'ExecStart=' in [Unit], ignoring; "
                        + "did you mean 'ExecStart=' in [Service]?");
    }

    @Test
    void anUnknownSectionIsIgnoredAsAWhole() {
        assertThat(Units.messages(Units.parse(
                        "x.service",
                        "[Sevice]",
                        "Foo=1",
                        "[Service]",
                        "ExecStart=/bin/true",
                        "[Timer]",
                        "OnBootSec=5")))
                .containsExactly(
                        "x.service:1:1: warning: unknown section [Sevice], ignoring all of it; did you mean [Service]?",
                        "x.service:5:1: warning: unknown section [Timer], ignoring all of it; "
                                + "a service unit has [Unit], [Install], [X-Activator], [Service]");
    }

    @Test
    void whatBeginsWithXIsNobodysBusinessButOurOwnSectionIsChecked() {
        UnitText.Parsed parsed = Units.parse(
                "x.service",
                "[X-Other]",
                "Foo=1",
                "[Service]",
                "ExecStart=/bin/true",
                "X-Foo=2",
                "[X-Activator]",
                "IdelTimeoutSec=5",
                "IdleTimeoutSec=5min");
        assertThat(Units.messages(parsed))
                .containsExactly("x.service:7:1: warning: unknown setting 'IdelTimeoutSec=' in [X-Activator], "
                        + "ignoring; did you mean 'IdleTimeoutSec='?");
        assertThat(parsed.unit()).isNotNull();
        assertThat(TimeSpan.format(Units.loaded(parsed).get(SleepDirectives.IDLE_TIMEOUT)))
                .isEqualTo("5min");
    }

    @Test
    void aWordThatIsNearIsSuggested() {
        assertThat(Units.messages(Units.service("Restart=on-failiure")))
                .singleElement()
                .asString()
                .endsWith("; did you mean 'on-failure'?, ignoring");
    }

    @Test
    void hostileTextCannotForgeLinesInTheReport() {
        assertThat(Units.messages(Units.parse(
                        "x.service", "[Service]", "ExecStart=/bin/true", "Restart=\u001b[31m" + "x".repeat(500))))
                .singleElement()
                .asString()
                .doesNotContain("\u001b")
                .hasSizeLessThan(300);
    }

    @Test
    void theSummaryTellsWhatIsAffected() {
        UnitDirectory units = new UnitDirectory(temp).pair("a").pair("b");
        assertThat(units.load().summary()).isEmpty();
        units.write("web.socket", "[Socket]", "ListenStream=0.0.0.0:99999")
                .write("web.service", "[Service]", "ExecStart=/bin/x");
        assertThat(units.load().summary())
                .isEqualTo("2 problems in 1 file; 'web.socket' not loaded, 5 other units unaffected");
    }

    @Test
    void whoeverHasProblemsOfItsOwnIsNotUnaffected() {
        UnitDirectory units = new UnitDirectory(temp).pair("a");
        units.write("bad.service", "[Service]")
                .write("refused.service", "[Service]", "ExecStart=/bin/x", "MemoryDenyWriteExecute=yes")
                .write("warned.service", "[Service]", "ExecStart=/bin/x", "Colour=red");
        assertThat(units.load().summary())
                .isEqualTo(
                        "3 problems in 3 files; 'bad.service' not loaded, 'refused.service' will not start, 1 other unit with "
                                + "warnings, 2 other units unaffected");
    }

    @Test
    void manyFailedUnitsAreCounted() {
        UnitDirectory units = new UnitDirectory(temp);
        for (int i = 0; i < 8; i++) {
            units.write("u" + i + ".service", "[Service]");
        }
        assertThat(units.load().summary())
                .isEqualTo(
                        "8 problems in 8 files; 'u0.service', 'u1.service', 'u2.service', 'u3.service', 'u4.service' and 3 more "
                                + "not loaded, 0 other units unaffected");
    }
}
