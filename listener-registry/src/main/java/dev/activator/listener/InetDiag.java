package dev.activator.listener;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * TCP connections by their local port. The kernel runs a filter program over its table and reports only what matches. It has no
 * index by local port, so it walks the table: measured 0.3 to 0.5 ms for 262,144 buckets, and 0.15 µs more for each TCP socket of
 * the host, whosesoever it is. So one walk serves all ports of a family. inet_diag, sock_diag(7).
 */
final class InetDiag {
    private static final int REQUEST = 56;
    private static final int ATTRIBUTE_HEADER = 4;
    private static final short INET_DIAG_REQ_BYTECODE = 1;
    private static final byte JUMP = 1;
    private static final byte SOURCE_AT_LEAST = 2;
    private static final byte SOURCE_AT_MOST = 3;
    private static final byte SOURCE_IS = 11;
    private static final int COMPARISON = 8;
    private static final int JUMP_SIZE = 4;
    private static final short INET_DIAG_INFO = 2;
    /** The attribute of that number is wanted, counted from 1. */
    private static final byte WITH_INFO = 1 << (INET_DIAG_INFO - 1);

    private static final int STATE = 1;
    private static final int LOCAL_PORT = 4;
    private static final int REMOTE_PORT = 6;
    private static final int LOCAL_ADDRESS = 8;
    private static final int REMOTE_ADDRESS = 24;
    private static final int ANSWER = 72;
    private static final int COOKIE = 44;
    private static final int RECEIVE_QUEUE = 56;
    private static final int INODE = 68;
    /** Above it the kernel compares with each port for each socket longer than we take to drop what is in between. */
    private static final int MOST_PORTS = 64;

    private final SockDiag diag;

    InetDiag(SockDiag diag) {
        this.diag = diag;
    }

    /** Reports every open connection of the family whose local port is among these, and at times others, with its traffic. */
    void connections(int family, SortedSet<Integer> ports, ConnectionSink sink) {
        byte[] program = ports.size() <= MOST_PORTS ? anyOf(ports) : between(ports.first(), ports.last());
        int addressLength = family == Families.AF_INET ? 4 : 16;
        // Between two parts of a long answer the kernel finds its place again by counting, and repeats what has moved
        // behind it.
        Set<Long> seen = new HashSet<>();
        diag.dump(request(family, program, WITH_INFO), answer -> {
            if (!seen.add(NativeOrder.getLong(answer, COOKIE))) {
                return;
            }
            boolean hasOwner = NativeOrder.getInt(answer, INODE) != 0;
            if (TcpState.isOpen(answer[STATE], hasOwner)) {
                sink.tcp(
                        SocketNameLayout.address(answer, LOCAL_ADDRESS, addressLength),
                        family,
                        port(answer),
                        traffic(answer));
            }
        });
    }

    static int family(byte[] answer) {
        return answer[0];
    }

    /** The local one. */
    static int port(byte[] answer) {
        return Short.toUnsignedInt(ByteBuffer.wrap(answer).getShort(LOCAL_PORT));
    }

    static InetAddress localAddress(byte[] answer) {
        return SocketNameLayout.address(answer, LOCAL_ADDRESS, family(answer) == Families.AF_INET ? 4 : 16);
    }

    /** Of a {@code struct inet_diag_msg} with its attributes; null where the kernel told nothing. */
    static @Nullable Traffic traffic(byte[] answer) {
        int at = ANSWER;
        while (at + ATTRIBUTE_HEADER <= answer.length) {
            int length = Short.toUnsignedInt(NativeOrder.getShort(answer, at));
            if (length < ATTRIBUTE_HEADER || at + length > answer.length) {
                return null;
            }
            if (NativeOrder.getShort(answer, at + 2) == INET_DIAG_INFO) {
                return Traffic.of(NativeOrder.getLong(answer, COOKIE), answer, at + ATTRIBUTE_HEADER);
            }
            at += (length + 3) & ~3;
        }
        return null;
    }

    /** Reports what waits in accept queues at this port: the connections that no process has. */
    void queued(int family, int port, Consumer<QueuedConnection> sink) {
        diag.dump(request(family, anyOf(new TreeSet<>(Set.of(port))), (byte) 0), answer -> {
            int state = answer[STATE];
            boolean isOver = state == TcpState.CLOSE_WAIT;
            if ((state == TcpState.ESTABLISHED || isOver) && NativeOrder.getInt(answer, INODE) == 0) {
                // The client's FIN counts as a byte.
                int bytes = NativeOrder.getInt(answer, RECEIVE_QUEUE) - (isOver ? 1 : 0);
                sink.accept(new QueuedConnection(NativeOrder.getLong(answer, COOKIE), isOver, Math.max(0, bytes)));
            }
        });
    }

    /** One client of a listener. */
    interface ClientSink {
        /**
         * Takes one.
         *
         * @param client address and port, as messages have them
         * @param local the address that it connected to
         * @param isTaken whether a process has accepted it
         */
        void client(String client, InetAddress local, boolean isTaken);
    }

    /** Reports the other ends of all open connections at this port. */
    void clients(int family, int port, ClientSink sink) {
        int addressLength = family == Families.AF_INET ? 4 : 16;
        diag.dump(request(family, anyOf(new TreeSet<>(Set.of(port))), (byte) 0), answer -> {
            boolean isTaken = NativeOrder.getInt(answer, INODE) != 0;
            if (TcpState.isOpen(answer[STATE], isTaken)) {
                InetAddress remote = SocketNameLayout.address(answer, REMOTE_ADDRESS, addressLength);
                int remotePort = Short.toUnsignedInt(ByteBuffer.wrap(answer).getShort(REMOTE_PORT));
                sink.client(
                        Peers.address(remote, remotePort),
                        SocketNameLayout.address(answer, LOCAL_ADDRESS, addressLength),
                        isTaken);
            }
        });
    }

    private static byte[] request(int family, byte[] program, byte attributes) {
        int attribute = ATTRIBUTE_HEADER + program.length;
        return ByteBuffer.allocate(REQUEST + attribute)
                .order(ByteOrder.nativeOrder())
                .put((byte) family)
                .put((byte) Families.IPPROTO_TCP)
                .put(attributes)
                .put((byte) 0)
                .putInt(TcpState.OPEN_MASK)
                .position(REQUEST)
                .putShort((short) attribute)
                .putShort(INET_DIAG_REQ_BYTECODE)
                .put(program)
                .array();
    }

    /**
     * One comparison and, but after the last, a jump to the end for each port. A program that runs to its exact end accepts the
     * socket, one that leaves it beyond rejects it.
     */
    private static byte[] anyOf(SortedSet<Integer> ports) {
        int size = ports.size() * (COMPARISON + JUMP_SIZE) - JUMP_SIZE;
        ByteBuffer program = ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
        for (int port : ports) {
            compare(program, SOURCE_IS, port, COMPARISON + JUMP_SIZE);
            if (program.hasRemaining()) {
                program.put(JUMP).put((byte) JUMP_SIZE).putShort((short) (program.remaining() + 2));
            }
        }
        return program.array();
    }

    private static byte[] between(int first, int last) {
        ByteBuffer program = ByteBuffer.allocate(2 * COMPARISON).order(ByteOrder.nativeOrder());
        compare(program, SOURCE_AT_LEAST, first, 2 * COMPARISON + 4);
        compare(program, SOURCE_AT_MOST, last, COMPARISON + 4);
        return program.array();
    }

    private static void compare(ByteBuffer program, byte operation, int port, int otherwise) {
        program.put(operation).put((byte) COMPARISON).putShort((short) otherwise);
        program.put((byte) 0).put((byte) 0).putShort((short) port);
    }
}
