package dev.activator.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressRulesTest {
    private static SocketUnit unit(String... lines) {
        String all = "[Socket];ListenStream=80;Accept=yes;[X-Activator];" + String.join(";", lines);
        return (SocketUnit) Units.good(Units.parse("x.socket", all.split(";")));
    }

    private static InetAddress address(String text) throws UnknownHostException {
        InetAddress four = IpAddresses.parse4(text);
        return four != null ? four : InetAddress.getByName(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AllowFrom=10.0.0.0/8 | 10.1.2.3 | true",
                "AllowFrom=10.0.0.0/8 | 11.1.2.3 | false",
                "AllowFrom=10.0.0.0/8 | ::1 | false",
                "AllowFrom=10.0.0.0/8;DenyFrom=10.1.0.0/16 | 10.1.2.3 | false",
                "AllowFrom=10.1.2.3;DenyFrom=10.1.0.0/16 | 10.1.2.3 | true",
                "AllowFrom=10.1.2.3;DenyFrom=10.1.0.0/16 | 10.1.2.4 | false",
                "DenyFrom=10.1.0.0/16 | 10.2.0.1 | true",
                "DenyFrom=any;AllowFrom=localhost | 127.8.8.8 | true",
                "DenyFrom=any;AllowFrom=localhost | ::1 | true",
                "DenyFrom=any;AllowFrom=localhost | 8.8.8.8 | false",
                "AllowFrom=::ffff:10.0.0.0/104 | 10.9.9.9 | true",
                "AllowFrom=2001:db8::/33 | 2001:db8:7fff::1 | true",
                "AllowFrom=2001:db8::/33 | 2001:db8:8000::1 | false",
                "AllowFrom=[::1] | ::1 | true",
            })
    void theNarrowestMatchDecides(String lines, String client, boolean admitted) throws UnknownHostException {
        assertThat(AddressRules.of(unit(lines.split(";"))).admits(address(client)))
                .isEqualTo(admitted);
    }

    @Test
    void withoutRulesAllAreLetIn() {
        assertThat(AddressRules.of(unit()).admitsAll()).isTrue();
        assertThat(AddressRules.of(unit("DenyFrom=::1")).admitsAll()).isFalse();
    }
}
