package dev.activator.handoff;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells a service with Accept=yes who connected: REMOTE_ADDR and REMOTE_PORT. systemd.exec(5). */
public final class RemotePeer {
    private static final int GROUPS = 8;

    private RemotePeer() {}

    /** For a peer over IP; an IPv4 peer of a dual-stack socket shows its IPv4 address. */
    public static Map<String, String> environment(InetAddress address, int port) {
        return Map.of("REMOTE_ADDR", text(address), "REMOTE_PORT", Integer.toString(port));
    }

    /** For a peer over a Unix socket: the address it bound, {@code /path} or {@code @abstract}; most have none. */
    public static Map<String, String> environment(@Nullable String unixAddress) {
        return unixAddress == null || unixAddress.isEmpty() ? Map.of() : Map.of("REMOTE_ADDR", unixAddress);
    }

    /** Without a zone, and IPv6 in its short form, {@code fe80::1}. RFC 5952, inet_ntop(3) */
    static String text(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address.getHostAddress();
        }
        byte[] bytes = address.getAddress();
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = (bytes[2 * i] & 0xff) << 8 | (bytes[2 * i + 1] & 0xff);
        }
        int gap = 0;
        int gapLength = 1;
        for (int start = 0; start < GROUPS; start++) {
            int length = zerosFrom(groups, start);
            if (length > gapLength) {
                gap = start;
                gapLength = length;
            }
        }
        return gapLength == 1
                ? join(groups, 0, GROUPS)
                : join(groups, 0, gap) + "::" + join(groups, gap + gapLength, GROUPS);
    }

    private static int zerosFrom(int[] groups, int start) {
        int end = start;
        while (end < GROUPS && groups[end] == 0) {
            end++;
        }
        return end - start;
    }

    private static String join(int[] groups, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(i == from ? "" : ":").append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }
}
