package dev.activator.config;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** IP addresses in numbers only; no name is ever looked up. inet_pton(3). */
final class IpAddresses {
    private static final String LOOPBACK_TEXT = "127.0.0.1";
    /** One for all, since it is by far the most frequent. */
    private static final Inet4Address LOOPBACK = address4(new byte[] {127, 0, 0, 1});

    private IpAddresses() {}

    /** {@code 192.0.2.1}; null where the text is no such address. */
    static @Nullable Inet4Address parse4(String text) {
        if (text.equals(LOOPBACK_TEXT)) {
            return LOOPBACK;
        }
        byte[] bytes = bytes4(text);
        return bytes == null ? null : address4(bytes);
    }

    private static Inet4Address address4(byte[] bytes) {
        try {
            return (Inet4Address) InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError("four bytes are an address", e);
        }
    }

    /** {@code 2001:db8::1}; null where the text is no such address. */
    static @Nullable Inet6Address parse6(String text) {
        byte[] bytes = bytes6(text);
        try {
            return bytes == null ? null : Inet6Address.getByAddress(null, bytes, -1);
        } catch (UnknownHostException e) {
            throw new AssertionError("sixteen bytes are an address", e);
        }
    }

    private static byte @Nullable [] bytes4(String text) {
        byte[] bytes = new byte[4];
        int at = 0;
        for (int i = 0; i < 4; i++) {
            int dot = i < 3 ? text.indexOf('.', at) : text.length();
            int part = part4(text, at, dot);
            if (part < 0) {
                return null;
            }
            bytes[i] = (byte) part;
            at = dot + 1;
        }
        return bytes;
    }

    /** 0 to 255 without leading zeros; −1 for anything else. */
    private static int part4(String text, int from, int to) {
        boolean isLeadingZero = to - from > 1 && text.charAt(from) == '0';
        if (to <= from || to - from > 3 || isLeadingZero) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = 10 * value + digit;
        }
        return value > 255 ? -1 : value;
    }

    private static byte @Nullable [] bytes6(String text) {
        int gap = text.indexOf("::");
        if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
            return null;
        }
        byte[] head = groups(gap < 0 ? text : text.substring(0, gap), gap < 0);
        byte[] tail = gap < 0 ? new byte[0] : groups(text.substring(gap + 2), true);
        if (head == null || tail == null) {
            return null;
        }
        int length = head.length + tail.length;
        if (gap < 0 ? length != 16 : length > 14) {
            return null;
        }
        byte[] bytes = new byte[16];
        System.arraycopy(head, 0, bytes, 0, head.length);
        System.arraycopy(tail, 0, bytes, 16 - tail.length, tail.length);
        return bytes;
    }

    private static byte @Nullable [] groups(String text, boolean mayEndInFour) {
        if (text.isEmpty()) {
            return new byte[0];
        }
        String[] parts = text.split(":", -1);
        byte[] four = mayEndInFour ? bytes4(parts[parts.length - 1]) : null;
        int count = four == null ? parts.length : parts.length - 1;
        byte[] bytes = new byte[2 * count + (four == null ? 0 : 4)];
        if (bytes.length > 16) {
            return null;
        }
        for (int i = 0; i < count; i++) {
            if (!parts[i].matches("[0-9a-fA-F]{1,4}")) {
                return null;
            }
            int group = Integer.parseInt(parts[i], 16);
            bytes[2 * i] = (byte) (group >> 8);
            bytes[2 * i + 1] = (byte) group;
        }
        if (four != null) {
            System.arraycopy(four, 0, bytes, 2 * count, 4);
        }
        return bytes;
    }
}
