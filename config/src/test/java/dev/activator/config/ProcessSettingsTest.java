package dev.activator.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessSettingsTest {

    private static ServiceUnit service(String... lines) {
        return (ServiceUnit) Units.good(Units.service(lines));
    }

    @ParameterizedTest
    @CsvSource({
        "NOFILE, 1024, 1024",
        "NOFILE, 1024:4096, 1024:4096",
        "NOFILE, 0x400, 1024",
        "NOFILE, 0400, 256",
        "NOFILE, infinity, infinity",
        "CORE, 0:infinity, 0:infinity",
        "AS, 1G, 1073741824",
        "CPU, 5min, 300",
        "CPU, 1.5, 2",
        "CPU, 1s: infinity, 1:infinity",
        "RTTIME, 500, 500",
        "RTTIME, 5ms, 5000",
        "NICE, +5, 15",
        "NICE, -5, 25",
        "NICE, 20, 20",
    })
    void limitsHaveUnitsOfTheirOwn(LimitName limit, String text, String shown) {
        assertThat(service("Limit" + limit + "=" + text).limits()).hasToString("{" + limit + "=" + shown + "}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NOFILE=4096:1024",
                "NOFILE=1K",
                "NOFILE=-1",
                "NOFILE=1:2:3",
                "NOFILE=:",
                "NOFILE=",
                "AS=1g",
                "NICE=41",
                "CPU=x"
            })
    void wrongLimitsAreIgnored(String assignment) {
        UnitText.Parsed parsed = Units.service("Limit" + assignment);
        assertThat(parsed.unit())
                .isInstanceOfSatisfying(
                        ServiceUnit.class, unit -> assertThat(unit.limits()).isEmpty());
        assertThat(Units.messages(parsed)).singleElement().asString().endsWith(", ignoring");
    }

    @Test
    void standardStreamsHaveManyForms() {
        ServiceUnit unit =
                service("StandardInput=file:/etc/%p", "StandardOutput=append:/var/log/x", "StandardError=fd:err");
        assertThat(unit.get(ExecDirectives.STANDARD_INPUT)).isEqualTo(new StandardInput.File("/etc/test"));
        assertThat(unit.get(ExecDirectives.STANDARD_OUTPUT))
                .isEqualTo(new StandardOutput.File("/var/log/x", StandardOutput.Mode.APPEND));
        assertThat(unit.get(ExecDirectives.STANDARD_ERROR)).isEqualTo(new StandardOutput.Fd("err"));
    }

    @Test
    void aServiceOnASocketWritesToItUnlessToldOtherwise() {
        assertThat(service().get(ExecDirectives.STANDARD_OUTPUT)).isEqualTo(new StandardOutput.Journal());
        assertThat(service("StandardInput=socket").get(ExecDirectives.STANDARD_OUTPUT))
                .isEqualTo(new StandardOutput.Inherit());
        assertThat(service("StandardInput=socket", "StandardOutput=null").get(ExecDirectives.STANDARD_OUTPUT))
                .isEqualTo(new StandardOutput.Null());
    }

    @Test
    void usersGroupsAndDirectories() {
        ServiceUnit unit = service(
                "User=www-data",
                "Group=1000",
                "SupplementaryGroups=a b",
                "SupplementaryGroups=c",
                "WorkingDirectory=-/srv//%p/",
                "UMask=0027",
                "Nice=-5",
                "OOMScoreAdjust=-1000",
                "RuntimeDirectory=a b/c",
                "StateDirectory=x:y:ro");
        assertThat(unit.get(ExecDirectives.USER)).isEqualTo(Optional.of("www-data"));
        assertThat(unit.get(ExecDirectives.GROUP)).isEqualTo(Optional.of("1000"));
        assertThat(unit.get(ExecDirectives.SUPPLEMENTARY_GROUPS)).containsExactly("a", "b", "c");
        assertThat(unit.get(ExecDirectives.WORKING_DIRECTORY))
                .isEqualTo(Optional.of(new WorkingDirectory("/srv/test", true)));
        assertThat(unit.get(ExecDirectives.UMASK)).isEqualTo(0027);
        assertThat(unit.get(ExecDirectives.NICE)).isEqualTo(Optional.of(-5));
        assertThat(unit.get(ExecDirectives.OOM_SCORE_ADJUST)).isEqualTo(Optional.of(-1000));
        assertThat(unit.get(ExecDirectives.RUNTIME_DIRECTORY))
                .extracting(ServiceDirectory::path)
                .containsExactly("a", "b/c");
        assertThat(unit.get(ExecDirectives.STATE_DIRECTORY))
                .containsExactly(new ServiceDirectory("x", List.of("y"), true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"User=a:b", "Group=a/b", "SocketUser=-1", "WorkingDirectory=relative"})
    void aWrongUserOrDirectoryRefusesTheUnit(String line) {
        UnitText.Parsed parsed = line.startsWith("Socket") ? Units.socket(line) : Units.service(line);
        assertThat(parsed.unit()).isNull();
        assertThat(Units.messages(parsed))
                .singleElement()
                .asString()
                .contains(": error: ")
                .endsWith("not loaded");
    }

    @Test
    void timeoutSecMeansStartAndStop() {
        ServiceUnit unit = service("TimeoutSec=5min", "TimeoutStopSec=0");
        assertThat(TimeSpan.format(unit.get(ServiceDirectives.TIMEOUT_START))).isEqualTo("5min");
        assertThat(TimeSpan.format(unit.get(ServiceDirectives.TIMEOUT_STOP))).isEqualTo("infinity");
        assertThat(TimeSpan.format(unit.get(ServiceDirectives.TIMEOUT_ABORT))).isEqualTo("infinity");
    }

    @Test
    void exitStatusesAreCodesNamesAndSignals() {
        ExitStatuses statuses = service("SuccessExitStatus=TEMPFAIL 250 SIGKILL", "SuccessExitStatus=1")
                .get(ServiceDirectives.SUCCESS_EXIT_STATUS);
        assertThat(statuses).hasToString("1 75 250 SIGKILL");
        assertThat(Units.messages(Units.service("SuccessExitStatus=1 300")))
                .singleElement()
                .asString()
                .contains("'300'");
    }

    @Test
    void defaultsDependOnOtherSettings() {
        ServiceUnit oneshot = service("Type=oneshot");
        assertThat(TimeSpan.isInfinite(oneshot.get(ServiceDirectives.TIMEOUT_START)))
                .isTrue();
        assertThat(service("Type=notify").get(ServiceDirectives.NOTIFY_ACCESS)).isEqualTo(NotifyAccess.MAIN);
        assertThat(service("KillSignal=INT").get(KillDirectives.RESTART_KILL_SIGNAL))
                .isEqualTo(Signal.INT);
        Unit stopOnly = Units.good(Units.parse("x.service", "[Service]", "ExecStop=/bin/true", "RemainAfterExit=yes"));
        assertThat(stopOnly.get(ServiceDirectives.TYPE)).isEqualTo(ServiceType.ONESHOT);
    }

    @Test
    void oldNamesOfTheStartLimitStillCount() {
        ServiceUnit unit = service("StartLimitInterval=1min", "StartLimitBurst=7");
        assertThat(TimeSpan.format(unit.get(UnitDirectives.START_LIMIT_INTERVAL)))
                .isEqualTo("1min");
        assertThat(unit.get(UnitDirectives.START_LIMIT_BURST)).isEqualTo(7);
    }

    @Test
    void whatIsNotSetHasItsDefault() {
        assertThat(service().limits()).isEqualTo(Map.of());
        assertThat(service().isSet(ExecDirectives.UMASK)).isFalse();
        assertThat(service().get(ExecDirectives.UMASK)).isEqualTo(0022);
    }
}
