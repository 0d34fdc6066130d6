package dev.activator.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenAddressTest {

    private static List<ListenSocket> listen(String... lines) {
        UnitText.Parsed parsed = Units.socket(lines);
        SocketUnit unit = (SocketUnit) Units.good(parsed);
        return unit.listen().subList(1, unit.listen().size());
    }

    @ParameterizedTest
    @CsvSource({
        "80, [::]:80",
        "022, [::]:18",
        "0x16, [::]:22",
        "+80, [::]:80",
        "0b1010, [::]:10",
        "127.0.0.1:8080, 127.0.0.1:8080",
        "1.2.3.4:0x50, 1.2.3.4:80",
        "[::1]:80, [::1]:80",
        "[::]:80, [::]:80",
        "[2001:DB8:0:0:1:0:0:1]:80, [2001:db8::1:0:0:1]:80",
        "[::ffff:1.2.3.4]:80, [::ffff:102:304]:80",
        "[fe80::1]:80%%eth0, [fe80::1]:80%eth0",
        "[fe80::1%%eth0]:80, [fe80::1]:80%eth0",
        "/run/x.sock, /run/x.sock",
        "/run/%p.x, /run/test.x",
        "@abstract, @abstract",
        "vsock:2:1234, vsock:2:1234",
        "vsock::1234, vsock::1234",
        "vsock-stream:any:0x10, vsock::16",
    })
    void streamAddressesOfEveryForm(String text, String shown) {
        assertThat(listen("ListenStream=" + text)).singleElement().satisfies(each -> {
            assertThat(each.kind()).isEqualTo(SocketKind.STREAM);
            assertThat(each.address()).hasToString(shown);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ":080 | no address before ':'; a bare port means every address",
                "localhost:80 | 'localhost' is no IP address; host names are not looked up, write the address",
                "0 | port 0 is refused: clients could not know the port that the kernel would choose; name one, 1..65535",
                "127.0.0.1:0 | port 0 is refused: clients could not know the port that the kernel would choose; name one, 1..65535",
                "65536 | port must be 1..65535",
                "0.0.0.0:99999 | port must be 1..65535",
                "127.0.0.1:080 | a leading 0 makes the number octal; write '80'",
                "127.0.0.1 | port is missing; write '127.0.0.1:80'",
                "::1:80 | an IPv6 address stands in brackets and needs a port: '[::1]:80'",
                "[::1] | expected '[IPv6 address]:port'",
                "[::g]:80 | '::g' is no IPv6 address",
                "01.2.3.4:80 | '01.2.3.4' is no IP address; host names are not looked up, write the address",
                "web | expected a port, an address with a port, '/path' or '@name'",
                "@ | no name after '@'",
                "vsock:1234 | expected 'vsock:CID:PORT'",
                "80 81 | expected a port, an address with a port, '/path' or '@name'",
            })
    void anythingElseIsIgnoredWithAReason(String text, String reason) {
        assertThat(Units.messages(Units.socket("ListenStream=" + text)))
                .containsExactly("test.socket:3:14: warning: ListenStream= '" + text + "': " + reason + ", ignoring");
    }

    @Test
    void aUnixPathHasAtMost107Bytes() {
        assertThat(listen("ListenStream=/" + "x".repeat(106))).hasSize(1);
        assertThat(Units.messages(Units.socket("ListenStream=/" + "x".repeat(107)))
                        .get(0))
                .contains("at most 107 bytes, this one has 108");
    }

    @Test
    void everyKindKeepsItsPlaceInTheOrderOfTheFile() {
        assertThat(listen(
                        "ListenDatagram=53", "ListenFIFO=/run/fifo", "ListenSequentialPacket=@seq", "ListenStream=53"))
                .extracting(ListenSocket::kind)
                .containsExactly(SocketKind.DATAGRAM, SocketKind.FIFO, SocketKind.SEQPACKET, SocketKind.STREAM);
    }

    @Test
    void anEmptyAssignmentTakesAllKindsBack() {
        SocketUnit unit = (SocketUnit) Units.good(Units.socket("ListenDatagram=53", "ListenFIFO=", "ListenStream=80"));
        assertThat(unit.listen()).extracting(ListenSocket::toString).containsExactly("[::]:80 (Stream)");
    }

    @Test
    void sequentialPacketsNeedAUnixSocket() {
        assertThat(Units.messages(Units.socket("ListenSequentialPacket=80")).get(0))
                .contains("need a Unix socket");
    }

    @Test
    void pathsBelowVarRunMoveToRun() {
        UnitText.Parsed parsed = Units.socket("ListenStream=/var/run/x");
        assertThat(parsed.unit())
                .isInstanceOfSatisfying(
                        SocketUnit.class,
                        unit -> assertThat(unit.listen().get(1).address()).hasToString("/run/x"));
        assertThat(Units.messages(parsed).get(0)).contains("using '/run/x'");
    }

    @Test
    void usbFunctionsAreRefusedWithAReason() {
        UnitText.Parsed parsed = Units.socket("ListenUSBFunction=/dev/usb-ffs/x");
        assertThat(Units.loaded(parsed).refusals())
                .singleElement()
                .asString()
                .contains(
                        "ListenUSBFunction= cannot be applied (it needs a USB device controller, which is systemd's business)");
    }

    @Test
    void netlinkFamiliesAreKnownByName() {
        UnitText.Parsed parsed = Units.socket("ListenNetlink=kobject-uvent 1");
        assertThat(Units.messages(parsed)).singleElement().asString().contains("did you mean 'kobject-uevent'?");
    }
}
