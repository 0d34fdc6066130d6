package dev.activator.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocketAddressesTest {
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:80", "10.0.0.255:65535", "0.0.0.0:0"})
    void takesAnIpv4AddressByItsText(String text) {
        InetSocketAddress address = (InetSocketAddress) SocketAddresses.ofInet4(text);

        assertThat(address).isNotNull();
        assertThat(SocketAddresses.text(address)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "127.0.0.1",
                "127.0.0.1:",
                "127.0.0:80",
                "127.0.0.256:80",
                "127.0.0.1:65536",
                "127.0.0.1:99999999999",
                "1.2.3.4:5:6",
                "1..3.4:5",
                "[::1]:80",
                "pid 4711 uid 1000",
                "/run/x"
            })
    void takesNothingElseForOne(String text) {
        assertThat(SocketAddresses.ofInet4(text)).isNull();
    }

    @Test
    void numbersEndWhereTheirFieldDoes() {
        assertThat(SocketAddresses.ofInet4("1.2.3.40:51")).isEqualTo(new InetSocketAddress("1.2.3.40", 51));
    }
}
