package dev.activator.handoff.kernel;

import dev.activator.listener.kernel.LibC;
import dev.activator.listener.kernel.NativeMemory;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * AF_UNIX messages, datagrams and packets, with the sender's credentials and the descriptors that come along. A failure is the negated errno. unix(7),
 * recvmsg(2), cmsg(3); the layouts are those of 64-bit little-endian machines.
 */
public final class UnixDatagrams {
    /** Longest address: a path and its NUL, or an abstract name behind one. */
    public static final int LONGEST_ADDRESS = 107;

    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_SEQPACKET = 5;
    private static final int SOCK_NONBLOCK = 04000;
    private static final int SOCK_CLOEXEC = 02000000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_PASSCRED = 16;
    private static final long FIONREAD = 0x541B;
    private static final long FIONBIO = 0x5421;
    private static final int SCM_RIGHTS = 1;
    private static final int SCM_CREDENTIALS = 2;
    private static final int MSG_CTRUNC = 0x8;
    private static final int MSG_TRUNC = 0x20;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int MSG_CMSG_CLOEXEC = 0x40000000;
    private static final int HEADER_SIZE = 56;
    private static final byte[] NO_HEADER = new byte[HEADER_SIZE];
    private static final int HEADER_CONTROL_LENGTH = 40;
    private static final int HEADER_FLAGS = 48;
    private static final int CONTROL_HEADER = 16;
    /** The kernel passes 253 descriptors at most in one message; credentials and alignment on top. */
    private static final int CONTROL_SIZE = CONTROL_HEADER + 4 * 253 + 4 + CONTROL_HEADER + 16;

    private final NativeMemory payload;
    private final NativeMemory control = NativeMemory.allocate(CONTROL_SIZE);
    private final NativeMemory vector = NativeMemory.allocate(16);
    private final NativeMemory header = NativeMemory.allocate(HEADER_SIZE);
    private final NativeMemory outgoing = NativeMemory.allocate(512);
    private final NativeMemory content = NativeMemory.allocate(16);

    /**
     * Scratch memory for receiving.
     *
     * @param longest payload bytes that are read of one datagram
     */
    public UnixDatagrams(int longest) {
        payload = NativeMemory.allocate(longest);
        vector.putLong(0, payload.address()).putLong(8, longest);
    }

    /**
     * One datagram.
     *
     * @param isCut whether payload or descriptors did not fit and are partly lost
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and gone with the turn in which it was read
    public record Received(byte[] payload, int pid, int uid, int gid, List<Integer> fds, boolean isCut) {}

    /** A close-on-exec, non-blocking socket; with the credentials of senders if it is to receive. */
    public static int open(boolean receives) {
        int fd = LibC.socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        if (fd >= 0 && receives) {
            NativeMemory on = NativeMemory.allocate(4).putInt(0, 1);
            if (LibC.setsockopt(fd, SOL_SOCKET, SO_PASSCRED, on, 4) == -1) {
                int errno = LibC.errno();
                LibC.close(fd);
                return -errno;
            }
        }
        return orErrno(fd);
    }

    /**
     * Two connected sockets that keep packets apart, close-on-exec and non-blocking.
     *
     * @param ends takes both
     */
    public static int pair(int[] ends) {
        NativeMemory both = NativeMemory.allocate(8);
        int result = LibC.socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, both);
        ends[0] = both.getInt(0);
        ends[1] = both.getInt(4);
        return orErrno(result);
    }

    /** A close-on-exec, non-blocking socket that accepts connections which keep packets apart, at a path that does not exist. */
    public static int listen(String path, int backlog) {
        int fd = LibC.socket(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        if (fd < 0) {
            return orErrno(fd);
        }
        int bound = bind(fd, path);
        int result = bound < 0 ? bound : orErrno(LibC.listen(fd, backlog));
        if (result < 0) {
            LibC.close(fd);
            return result;
        }
        return fd;
    }

    /**
     * Binds a socket.
     *
     * @param address {@code /path} or {@code @abstract}
     */
    public static int bind(int fd, String address) {
        NativeMemory raw = address(address);
        return orErrno(LibC.bind(fd, raw, raw.size()));
    }

    public static int chmod(String path, int mode) {
        return orErrno(LibC.chmod(NativeMemory.ofString(path), mode));
    }

    public static int unlink(String path) {
        return orErrno(LibC.unlink(NativeMemory.ofString(path)));
    }

    /**
     * Sends one datagram.
     *
     * @param address {@code /path} or {@code @abstract}
     */
    public static int send(int fd, byte[] datagram, String address) {
        NativeMemory raw = address(address);
        NativeMemory bytes = NativeMemory.ofBytes(datagram);
        return orErrno((int) LibC.sendto(fd, bytes, datagram.length, MSG_NOSIGNAL, raw, raw.size()));
    }

    /** Sends one packet with descriptors, at most 253, on a connected socket; who receives it has copies of them. */
    public int send(int fd, byte[] packet, List<Integer> fds) {
        NativeMemory bytes = packet.length <= outgoing.size() ? outgoing : NativeMemory.allocate(packet.length);
        bytes.putBytes(0, packet);
        content.putLong(0, bytes.address()).putLong(8, packet.length);
        int length = CONTROL_HEADER + 4 * fds.size();
        control.putLong(0, length).putInt(8, SOL_SOCKET).putInt(12, SCM_RIGHTS);
        for (int i = 0; i < fds.size(); i++) {
            control.putInt(CONTROL_HEADER + 4 * i, fds.get(i));
        }
        header.putBytes(0, NO_HEADER).putLong(16, content.address()).putLong(24, 1);
        if (!fds.isEmpty()) {
            header.putLong(32, control.address()).putLong(HEADER_CONTROL_LENGTH, (length + 7) & -8);
        }
        try {
            return orErrno((int) LibC.sendmsg(fd, header, MSG_NOSIGNAL));
        } finally {
            Reference.reachabilityFence(bytes);
        }
    }

    /** Has calls on any descriptor not wait; belongs to the open file. FIONBIO, ioctl(2). */
    public void setNonBlocking(int fd) {
        content.putInt(0, 1);
        LibC.ioctl(fd, FIONBIO, content);
    }

    /** Bytes that wait to be received, of all messages together; 0 where it is broken. FIONREAD, unix(7). */
    public int waitingBytes(int fd) {
        return LibC.ioctl(fd, FIONREAD, content) == -1 ? 0 : content.getInt(0);
    }

    /** The next datagram, null where none waits, be the socket blocking or not (or the socket is broken, which then reports it on the loop). */
    public @Nullable Received receive(int fd) {
        header.putBytes(0, NO_HEADER)
                .putLong(16, vector.address())
                .putLong(24, 1)
                .putLong(32, control.address())
                .putLong(HEADER_CONTROL_LENGTH, CONTROL_SIZE);
        long length = LibC.recvmsg(fd, header, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
        if (length < 0) {
            return null;
        }
        boolean isCut = (header.getInt(HEADER_FLAGS) & (MSG_TRUNC | MSG_CTRUNC)) != 0;
        return withControl(payload.getBytes(0, (int) length), isCut);
    }

    private Received withControl(byte[] bytes, boolean isCut) {
        int pid = 0;
        int uid = -1;
        int gid = -1;
        List<Integer> fds = new ArrayList<>();
        int end = (int) header.getLong(HEADER_CONTROL_LENGTH);
        for (int at = 0; at + CONTROL_HEADER <= end; ) {
            int length = (int) control.getLong(at);
            if (length < CONTROL_HEADER || control.getInt(at + 8) != SOL_SOCKET) {
                break;
            }
            int content = at + CONTROL_HEADER;
            if (control.getInt(at + 12) == SCM_CREDENTIALS) {
                pid = control.getInt(content);
                uid = control.getInt(content + 4);
                gid = control.getInt(content + 8);
            } else if (control.getInt(at + 12) == SCM_RIGHTS) {
                for (int fd = content; fd + 4 <= at + length; fd += 4) {
                    fds.add(control.getInt(fd));
                }
            }
            at += (length + 7) & -8;
        }
        return new Received(bytes, pid, uid, gid, fds, isCut);
    }

    private static NativeMemory address(String address) {
        byte[] name = address.getBytes(StandardCharsets.UTF_8);
        boolean isAbstract = address.startsWith("@");
        if (isAbstract) {
            name[0] = 0;
        }
        // A path ends in a NUL, an abstract name in nothing.
        NativeMemory raw = NativeMemory.allocate(2 + name.length + (isAbstract ? 0 : 1));
        return raw.putShort(0, (short) AF_UNIX).putBytes(2, name);
    }

    private static int orErrno(int result) {
        return result == -1 ? -LibC.errno() : result;
    }
}
