package dev.activator.control;

import dev.activator.listener.SocketName;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the page is served: an address of this host's loopback, since the token goes over it in the clear. */
public record PageAddress(InetAddress address, int port) {
    private static final Pattern TEXT =
            Pattern.compile("(?:(\\d+\\.\\d+\\.\\d+\\.\\d+|\\[[0-9a-fA-F:]+]|localhost):)?(\\d{1,5})");
    private static final int HIGHEST_PORT = 65_535;

    /**
     * Reads {@code 9464}, {@code 127.0.0.1:9464}, {@code localhost:9464} or {@code [::1]:9464}; port 0 means any that is free.
     *
     * @throws IllegalArgumentException where it is none, or not of the loopback; the message says what is allowed
     */
    public static PageAddress parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches() || Integer.parseInt(parts.group(2)) > HIGHEST_PORT) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no address of a port; write PORT, 127.0.0.1:PORT or [::1]:PORT");
        }
        String host = parts.group(1) == null || parts.group(1).equals("localhost") ? "127.0.0.1" : parts.group(1);
        try {
            InetAddress address = InetAddress.getByName(host);
            if (!address.isLoopbackAddress()) {
                throw new IllegalArgumentException(
                        "'" + text
                                + "' is not of the loopback; take 127.0.0.1 or [::1], and a tunnel or a proxy with TLS for other hosts");
            }
            return new PageAddress(address, Integer.parseInt(parts.group(2)));
        } catch (UnknownHostException wrong) {
            throw new IllegalArgumentException("'" + host + "' is no IP address", wrong);
        }
    }

    SocketName name() {
        return address instanceof Inet4Address four
                ? new SocketName.Inet4(four, port)
                : new SocketName.Inet6(address, 0, port);
    }

    PageAddress withPort(int bound) {
        return new PageAddress(address, bound);
    }

    /** What a browser may call it in {@code Host:}. */
    List<String> hosts() {
        return List.of(host() + ":" + port, "localhost:" + port);
    }

    String url() {
        return "http://" + host() + ":" + port + "/";
    }

    private String host() {
        return address instanceof Inet4Address ? address.getHostAddress() : "[::1]";
    }
}
