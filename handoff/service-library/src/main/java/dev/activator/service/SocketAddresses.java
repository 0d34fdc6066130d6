package dev.activator.service;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Addresses as the kernel has them: {@code struct sockaddr_in}, {@code sockaddr_in6}, {@code sockaddr_un}. */
final class SocketAddresses {
    private static final int AF_INET6 = 10;
    private static final int LONGEST_PATH = 108;
    private static final int FAMILY = 2;

    private SocketAddresses() {}

    /** A path, or an abstract name that begins with {@code @}. */
    static NativeFunction.Memory unix(String path) {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        boolean isAbstract = path.startsWith("@");
        if (isAbstract) {
            name[0] = 0;
        }
        if (name.length + (isAbstract ? 0 : 1) > LONGEST_PATH) {
            throw new IllegalArgumentException("'" + path + "' is longer than a socket's path can be");
        }
        // A path ends in a NUL, an abstract name in nothing.
        NativeFunction.Memory address = NativeFunction.memory(FAMILY + name.length + (isAbstract ? 0 : 1));
        address.bytes().putShort(0, (short) SocketCalls.AF_UNIX).put(FAMILY, name);
        return address;
    }

    /** What {@link #text} says of an IPv4 address; null where it is anything else. Asks nobody. */
    static @Nullable SocketAddress ofInet4(String text) {
        byte[] address = new byte[4];
        int at = 0;
        int number = -1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9' && number <= 0xffff) {
                number = Math.max(0, number) * 10 + (c - '0');
            } else if (c == (at < 3 ? '.' : ':') && at < 4 && number >= 0 && number <= 0xff) {
                address[at++] = (byte) number;
                number = -1;
            } else {
                return null;
            }
        }
        if (at < 4 || number < 0 || number > 0xffff) {
            return null;
        }
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address), number);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** An IPv4 peer of an IPv6 socket has its IPv4 address; an abstract name begins with {@code @}, and none is empty. */
    static SocketAddress decode(ByteBuffer raw, int length) {
        try {
            return switch (raw.getShort(0)) {
                case SocketCalls.AF_INET ->
                    new InetSocketAddress(InetAddress.getByAddress(bytes(raw, 4, 4)), port(raw));
                case AF_INET6 -> new InetSocketAddress(inet6(raw), port(raw));
                default -> UnixDomainSocketAddress.of(path(bytes(raw, FAMILY, Math.max(0, length - FAMILY))));
            };
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static InetAddress inet6(ByteBuffer raw) throws UnknownHostException {
        int scope = raw.getInt(24);
        byte[] bytes = bytes(raw, 8, 16);
        return scope == 0 ? InetAddress.getByAddress(bytes) : Inet6Address.getByAddress(null, bytes, scope);
    }

    private static int port(ByteBuffer raw) {
        return (raw.get(2) & 0xff) << 8 | (raw.get(3) & 0xff);
    }

    private static String path(byte[] name) {
        if (name.length == 0) {
            return "";
        }
        if (name[0] == 0) {
            return "@" + new String(name, 1, name.length - 1, StandardCharsets.UTF_8);
        }
        int end = 0;
        while (end < name.length && name[end] != 0) {
            end++;
        }
        return new String(Arrays.copyOf(name, end), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(ByteBuffer raw, int from, int count) {
        byte[] bytes = new byte[count];
        raw.get(from, bytes);
        return bytes;
    }

    /** For people: {@code 127.0.0.1:80}, {@code [::1]:80}, {@code /run/x}. */
    static String text(SocketAddress address) {
        if (!(address instanceof InetSocketAddress inet)) {
            return address.toString();
        }
        String host = inet.getAddress().getHostAddress();
        return (inet.getAddress() instanceof Inet6Address ? "[" + host + "]" : host) + ":" + inet.getPort();
    }
}
