package dev.activator.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitChecksTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Description=x | no address to listen at; set ListenStream=, ListenDatagram= or ListenFIFO=",
                "ListenDatagram=53;Accept=yes | Accept=yes needs connections, which ListenDatagram= '[::]:53' does not have; move it to another unit",
                "ListenFIFO=/f;Accept=yes | Accept=yes needs connections, which ListenFIFO= '/f' does not have; move it to another unit",
                "ListenStream=80;Accept=yes;Service=x.service | Service= cannot be set with Accept=yes, which uses the template of the socket's own name",
                "ListenStream=80;Accept=yes;FlushPending=yes | FlushPending=yes cannot be set with Accept=yes, which leaves nothing pending",
                "ListenStream=80;Accept=yes;MaxConnections=0 | MaxConnections= '0': must be at least 1 with Accept=yes",
                "ListenStream=80;Symlinks=/run/l | Symlinks= needs exactly one socket file or FIFO to point to, this unit has 0",
                "ListenStream=/a;ListenStream=/b;Symlinks=/run/l | Symlinks= needs exactly one socket file or FIFO to point to, this unit has 2",
                "ListenStream=80;ListenStream=80 | ListenStream= '[::]:80' stands there twice",
            })
    void socketsThatCannotWorkAreRefused(String lines, String reason) {
        UnitText.Parsed parsed =
                Units.parse("x.socket", ("[Socket];X-Any=1;" + lines.replace("Description=x", "")).split(";"));
        assertThat(parsed.unit()).isNull();
        assertThat(parsed.problems()).last().extracting(Problem::message).isEqualTo(reason + ", 'x.socket' not loaded");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Type=simple | no program to run; set ExecStart=",
                "Type=simple;ExecStop=/bin/x | no ExecStart=, which only Type=oneshot may leave out",
                "Type=oneshot;ExecStop=/bin/x | no ExecStart=, which needs RemainAfterExit=yes",
                "ExecStart=/a;ExecStart=/b | more than one ExecStart=, which only Type=oneshot may have; an empty ExecStart= takes earlier ones back",
                "Type=oneshot;ExecStart=/a;Restart=always | Restart=always cannot be set with Type=oneshot",
                "Type=dbus;ExecStart=/a | Type=dbus needs BusName=",
            })
    void servicesThatCannotWorkAreRefused(String lines, String reason) {
        UnitText.Parsed parsed = Units.parse("x.service", ("[Service];" + lines).split(";"));
        assertThat(parsed.unit()).isNull();
        assertThat(parsed.problems())
                .last()
                .extracting(Problem::message)
                .isEqualTo(reason + ", 'x.service' not loaded");
    }

    @Test
    void aRefusalPointsToTheSettingThatCausesIt() {
        assertThat(Units.messages(Units.parse("x.socket", "[Socket]", "ListenFIFO=/f", "Accept=yes")))
                .singleElement()
                .asString()
                .startsWith("x.socket:3:8: error: ");
        assertThat(Units.messages(Units.parse("x.socket", "[Unit]", "[Socket]")))
                .singleElement()
                .asString()
                .startsWith("x.socket:2:1: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Type=idle | Type=idle is treated as Type=simple: there is no queue of jobs to wait for",
                "StandardInput=tty | StandardInput=tty is treated as null: a service has no terminal",
                "StandardOutput=journal+console | StandardOutput= 'journal+console' is treated as journal: only the unit's log is written",
            })
    void whatIsApproximatedIsTold(String line, String warning) {
        UnitText.Parsed parsed = Units.service(line);
        assertThat(parsed.unit()).isNotNull();
        assertThat(parsed.problems())
                .singleElement()
                .extracting(Problem::message)
                .isEqualTo(warning);
    }

    @Test
    void aTriggerLimitIsTenfoldWhereEachConnectionIsATrigger() {
        assertThat(Units.good(Units.socket()).get(SocketDirectives.TRIGGER_LIMIT_BURST))
                .isEqualTo(20);
        assertThat(Units.good(Units.socket("Accept=yes")).get(SocketDirectives.TRIGGER_LIMIT_BURST))
                .isEqualTo(200);
    }

    @Test
    void aSocketKnowsItsServiceAndTheNameOfItsDescriptors() {
        SocketUnit plain = (SocketUnit) Units.good(Units.socket());
        assertThat(plain.service()).hasToString("test.service");
        assertThat(plain.fdName()).isEqualTo("test.socket");
        SocketUnit accepting = (SocketUnit) Units.good(Units.socket("Accept=yes"));
        assertThat(accepting.service()).hasToString("test@.service");
        assertThat(accepting.fdName()).isEqualTo("connection");
        SocketUnit other = (SocketUnit) Units.good(Units.socket("Service=x.service", "FileDescriptorName=http"));
        assertThat(other.service()).hasToString("x.service");
        assertThat(other.fdName()).isEqualTo("http");
    }
}
