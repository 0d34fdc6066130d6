package dev.activator.listener;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The {@code struct sockaddr_*} of each {@link SocketName}: family in native order, port and address in network order. */
final class SocketNameLayout {
    /** Size of {@code struct sockaddr_storage}, enough for every family. */
    static final int LARGEST = 128;

    private static final int PATH_OFFSET = 2;
    private static final byte[] MAPPED_PREFIX = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    private SocketNameLayout() {}

    static byte[] encode(SocketName name) {
        if (name instanceof SocketName.Inet4 four) {
            return inet(Families.AF_INET, 16, four.port())
                    .put(4, four.address().getAddress())
                    .array();
        }
        if (name instanceof SocketName.Inet6 six) {
            return inet(Families.AF_INET6, 28, six.port())
                    .put(8, sixteenBytes(six.address()))
                    .putInt(24, six.scopeId())
                    .array();
        }
        if (name instanceof SocketName.UnixPath unix) {
            return unix(unix.path(), 0, 1);
        }
        if (name instanceof SocketName.UnixAbstract unix) {
            return unix(unix.name(), 1, 0);
        }
        if (name instanceof SocketName.Vsock vsock) {
            return family(Families.AF_VSOCK, 16)
                    .putInt(4, (int) vsock.port())
                    .putInt(8, (int) vsock.cid())
                    .array();
        }
        if (name instanceof SocketName.Netlink netlink) {
            return family(Families.AF_NETLINK, 12).putInt(8, netlink.groups()).array();
        }
        throw new IllegalArgumentException(name + " cannot be bound or connected to");
    }

    static byte[] sixteenBytes(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 16) {
            return bytes;
        }
        byte[] mapped = Arrays.copyOf(MAPPED_PREFIX, 16);
        System.arraycopy(bytes, 0, mapped, 12, 4);
        return mapped;
    }

    private static ByteBuffer family(int family, int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.nativeOrder()).putShort(0, (short) family);
    }

    private static ByteBuffer inet(int family, int size, int port) {
        return family(family, size).put(2, (byte) (port >> 8)).put(3, (byte) port);
    }

    private static byte[] unix(String text, int before, int after) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return family(Families.AF_UNIX, PATH_OFFSET + before + bytes.length + after)
                .put(PATH_OFFSET + before, bytes)
                .array();
    }

    /** Reads what the kernel wrote; {@code bytes} has the length that it reported. */
    static SocketName decode(byte[] bytes) {
        if (bytes.length < PATH_OFFSET) {
            return new SocketName.Unknown(0);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        int family = buffer.getShort(0);
        return switch (family) {
            case Families.AF_INET -> new SocketName.Inet4((Inet4Address) address(bytes, 4, 4), port(bytes));
            case Families.AF_INET6 -> new SocketName.Inet6(address(bytes, 8, 16), buffer.getInt(24), port(bytes));
            case Families.AF_UNIX -> unixName(bytes);
            case Families.AF_VSOCK ->
                new SocketName.Vsock(
                        Integer.toUnsignedLong(buffer.getInt(8)), Integer.toUnsignedLong(buffer.getInt(4)));
            default -> new SocketName.Unknown(family);
        };
    }

    /** IPv4-mapped bytes give an IPv4 address. */
    static InetAddress address(byte[] bytes, int from, int length) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + length));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address has 4 or 16 bytes, not " + length, e);
        }
    }

    private static int port(byte[] bytes) {
        return Short.toUnsignedInt(ByteBuffer.wrap(bytes).getShort(2));
    }

    private static SocketName unixName(byte[] bytes) {
        if (bytes.length == PATH_OFFSET) {
            return new SocketName.UnixUnnamed();
        }
        if (bytes[PATH_OFFSET] == 0) {
            int length = bytes.length - PATH_OFFSET - 1;
            return new SocketName.UnixAbstract(new String(bytes, PATH_OFFSET + 1, length, StandardCharsets.UTF_8));
        }
        int end = PATH_OFFSET;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return new SocketName.UnixPath(new String(bytes, PATH_OFFSET, end - PATH_OFFSET, StandardCharsets.UTF_8));
    }
}
