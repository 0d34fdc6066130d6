package dev.activator.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RemotePeerTest {

    @Test
    void peerOverIpv4HasAddressAndPort() throws UnknownHostException {
        assertThat(RemotePeer.environment(InetAddress.getByName("192.0.2.7"), 4711))
                .isEqualTo(Map.of("REMOTE_ADDR", "192.0.2.7", "REMOTE_PORT", "4711"));
    }

    @ParameterizedTest
    @CsvSource({
        "::1, ::1",
        "::, ::",
        "fe80:0:0:0:1:0:0:2, fe80::1:0:0:2",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "1:0:0:2:0:0:0:3, 1:0:0:2::3",
        "1:2:3:4:5:6:0:0, 1:2:3:4:5:6::",
        "::ffff:192.0.2.7, 192.0.2.7"
    })
    void ipv6AddressIsInItsShortForm(String address, String shown) throws UnknownHostException {
        assertThat(RemotePeer.text(InetAddress.getByName(address))).isEqualTo(shown);
    }

    @Test
    void unnamedUnixPeerHasNothingToTell() {
        assertThat(RemotePeer.environment(null)).isEmpty();
        assertThat(RemotePeer.environment("@tool")).isEqualTo(Map.of("REMOTE_ADDR", "@tool"));
    }
}
