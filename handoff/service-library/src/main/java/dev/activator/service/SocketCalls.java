package dev.activator.service;

import dev.activator.service.NativeFunction.Memory;
import java.io.File;
import java.io.IOException;
import java.lang.ref.Reference;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The system calls on descriptors that this library makes. Not for two threads at once. Section 2 of the manual describes each. */
final class SocketCalls {
    static final int AF_UNIX = 1;
    static final int AF_INET = 2;
    static final int SOCK_STREAM = 1;
    static final int SOCK_DGRAM = 2;
    static final int SOCK_SEQPACKET = 5;
    static final int SO_TYPE = 3;
    static final int SO_ACCEPTCONN = 30;
    static final int SO_DOMAIN = 39;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int O_CLOEXEC = 0x80000;
    private static final int SOL_SOCKET = 1;
    private static final int SCM_RIGHTS = 1;
    private static final int MSG_CTRUNC = 0x8;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int MSG_CMSG_CLOEXEC = 0x40000000;
    private static final int F_SETFD = 2;
    private static final int FD_CLOEXEC = 1;
    private static final int F_DUPFD_CLOEXEC = 1030;
    private static final int EINTR = 4;
    private static final int EAGAIN = 11;
    private static final int RLIMIT_NOFILE = 7;
    private static final int POLLOUT = 4;
    private static final Map<Integer, String> ERRNOS = Map.of(
            2, "ENOENT (nothing is there)",
            9, "EBADF (not open)",
            13, "EACCES (not allowed)",
            24, "EMFILE (this process may not have more descriptors)",
            32, "EPIPE (the other side is gone)",
            88, "ENOTSOCK (no socket)",
            104, "ECONNRESET (the other side is gone)",
            111, "ECONNREFUSED (nobody is there)");
    /** SCM_MAX_FD of the kernel. */
    static final int MOST_FDS = 253;
    /** struct msghdr and struct cmsghdr of 64-bit Linux. */
    private static final int HEADER = 56;

    private static final int HEADER_CONTROL = 32;
    private static final int HEADER_CONTROL_LENGTH = 40;
    private static final int HEADER_FLAGS = 48;
    private static final int CONTROL_HEADER = 16;
    private static final int CONTROL = CONTROL_HEADER + MOST_FDS * 4;

    private final NativeFunction socket = NativeFunction.find("socket", 3);
    private final NativeFunction connect = NativeFunction.find("connect", 3);
    private final NativeFunction getsockname = NativeFunction.find("getsockname", 3);
    private final NativeFunction getpeername = NativeFunction.find("getpeername", 3);
    private final NativeFunction getsockopt = NativeFunction.find("getsockopt", 5);
    private final NativeFunction dup3 = NativeFunction.find("dup3", 3);
    private final NativeFunction fcntl = NativeFunction.find("fcntl", 3);
    private final NativeFunction close = NativeFunction.find("close", 1);
    private final NativeFunction sendmsg = NativeFunction.find("sendmsg", 3);
    private final NativeFunction getrlimit = NativeFunction.find("getrlimit", 2);
    private final NativeFunction poll = NativeFunction.find("poll", 3);
    private final NativeFunction recvmsg = NativeFunction.find("recvmsg", 3);
    private final Memory name = NativeFunction.memory(128);
    private final Memory number = NativeFunction.memory(8);
    private final Memory vector = NativeFunction.memory(16);
    private final Memory outgoing = NativeFunction.memory(4096);
    private final Memory header = NativeFunction.memory(HEADER);
    private final Memory control = NativeFunction.memory(CONTROL);

    /** A message with the descriptors that came with it, close-on-exec, which the receiver closes. */
    record Message(String text, List<Integer> fds) {
        Message {
            fds = List.copyOf(fds);
        }

        /** Whether it stands for none: nothing waits on a socket that is non-blocking. */
        boolean isNothing() {
            return text.isEmpty() && fds.isEmpty();
        }
    }

    /** Not all that were sent fitted into this process. */
    static final class DescriptorsLost extends IOException {
        DescriptorsLost() {
            super("descriptors were lost: this process may not have more open (RLIMIT_NOFILE)");
        }
    }

    static IOException failure(String call, int negatedErrno) {
        String name = ERRNOS.getOrDefault(-negatedErrno, "errno " + -negatedErrno);
        return new IOException(call + ": " + name);
    }

    int checked(String call, int result) throws IOException {
        if (result < 0) {
            throw failure(call, result);
        }
        return result;
    }

    int open(int family, int type) throws IOException {
        return checked("socket", socket.call(family, type | SOCK_CLOEXEC, 0));
    }

    /** Connects a Unix socket to a path, or to an abstract name that begins with {@code @}. */
    void connect(int fd, String path) throws IOException {
        Memory address = SocketAddresses.unix(path);
        try {
            checked("connect to " + path, connect.call(fd, address.address(), address.size()));
        } finally {
            Reference.reachabilityFence(address);
        }
    }

    /** Null where the descriptor is open no more, or no socket. */
    @Nullable
    SocketAddress localAddress(int fd) {
        return address(getsockname, fd);
    }

    /** Null where it has no peer. */
    @Nullable
    SocketAddress peerAddress(int fd) {
        return address(getpeername, fd);
    }

    private @Nullable SocketAddress address(NativeFunction function, int fd) {
        number.bytes().putInt(0, name.size());
        int result = function.call(fd, name.address(), number.address());
        return result < 0
                ? null
                : SocketAddresses.decode(name.bytes(), number.bytes().getInt(0));
    }

    /** An option of SOL_SOCKET; negative where it is no socket. */
    int option(int fd, int option) {
        number.bytes().putInt(0, 4);
        int result = getsockopt.call(fd, SOL_SOCKET, option, vector.address(), number.address());
        return result < 0 ? result : vector.bytes().getInt(0);
    }

    /** Makes {@code to} another descriptor, close-on-exec, of what {@code from} is; what it was before is closed. */
    void duplicate(int from, int to) throws IOException {
        checked("dup3", dup3.call(from, to, O_CLOEXEC));
    }

    /** Negative where nothing of that number is open. */
    int closeOnExec(int fd) {
        return fcntl.call(fd, F_SETFD, FD_CLOEXEC);
    }

    /** Another descriptor, close-on-exec, of the same thing. */
    int copy(int fd) throws IOException {
        return checked("fcntl", fcntl.call(fd, F_DUPFD_CLOEXEC, 0));
    }

    /** RLIMIT_NOFILE of this process, the one that holds. */
    long mostDescriptors() {
        getrlimit.call(RLIMIT_NOFILE, vector.address());
        long soft = vector.bytes().getLong(0);
        return soft < 0 ? Long.MAX_VALUE : soft;
    }

    void close(int fd) {
        close.call(fd);
    }

    /**
     * Sends one message whole.
     *
     * @param to a Unix address for a socket that is not connected, else null
     */
    void send(int fd, String text, List<Integer> fds, @Nullable String to) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Memory payload = bytes.length <= outgoing.size() ? outgoing : NativeFunction.memory(bytes.length);
        payload.bytes().put(0, bytes);
        Memory address = to == null ? null : SocketAddresses.unix(to);
        describe(payload, bytes.length);
        if (address != null) {
            header.bytes().putLong(0, address.address()).putInt(8, address.size());
        }
        if (!fds.isEmpty()) {
            int length = CONTROL_HEADER + 4 * fds.size();
            control.bytes().putLong(0, length).putInt(8, SOL_SOCKET).putInt(12, SCM_RIGHTS);
            for (int i = 0; i < fds.size(); i++) {
                control.bytes().putInt(CONTROL_HEADER + 4 * i, fds.get(i));
            }
            header.bytes().putLong(HEADER_CONTROL, control.address()).putLong(HEADER_CONTROL_LENGTH, (length + 7) & -8);
        }
        try {
            int result;
            do {
                result = sendmsg.call(fd, header.address(), MSG_NOSIGNAL);
            } while (result == -EINTR || (result == -EAGAIN && awaitRoom(fd)));
            checked("sendmsg", result);
        } finally {
            Reference.reachabilityFence(payload);
            Reference.reachabilityFence(address);
        }
    }

    /** On a socket that is non-blocking. */
    private boolean awaitRoom(int fd) {
        number.bytes().putInt(0, fd);
        number.bytes().putInt(4, POLLOUT);
        poll.call(number.address(), 1, -1);
        return true;
    }

    private void describe(Memory payload, int length) {
        vector.bytes().putLong(0, payload.address()).putLong(8, length);
        header.bytes().put(0, new byte[HEADER]).putLong(16, vector.address()).putLong(24, 1);
    }

    /**
     * The next message, one without content where none waits and this does not wait for one. Null at the end, which is when nobody has the
     * other side.
     */
    @Nullable
    Message receive(int fd, Memory payload, boolean atOnce) throws IOException {
        describe(payload, payload.size());
        header.bytes().putLong(HEADER_CONTROL, control.address()).putLong(HEADER_CONTROL_LENGTH, CONTROL);
        int length;
        do {
            length = recvmsg.call(fd, header.address(), MSG_CMSG_CLOEXEC | (atOnce ? MSG_DONTWAIT : 0));
        } while (length == -EINTR);
        if (length == -EAGAIN) {
            return new Message("", List.of());
        }
        checked("recvmsg", length);
        List<Integer> fds = fds((int) header.bytes().getLong(HEADER_CONTROL_LENGTH));
        if ((header.bytes().getInt(HEADER_FLAGS) & MSG_CTRUNC) != 0) {
            fds.forEach(this::close);
            throw new DescriptorsLost();
        }
        if (length == 0 && fds.isEmpty()) {
            return null;
        }
        byte[] bytes = new byte[length];
        payload.bytes().get(0, bytes);
        return new Message(new String(bytes, StandardCharsets.UTF_8), fds);
    }

    private List<Integer> fds(int end) {
        boolean isRights = end >= CONTROL_HEADER
                && control.bytes().getInt(8) == SOL_SOCKET
                && control.bytes().getInt(12) == SCM_RIGHTS;
        if (!isRights) {
            return List.of();
        }
        List<Integer> fds = new ArrayList<>();
        for (int at = CONTROL_HEADER; at + 4 <= control.bytes().getLong(0); at += 4) {
            fds.add(control.bytes().getInt(at));
        }
        return fds;
    }

    /** Numbers of the descriptors that are open in this process. */
    static List<Integer> openDescriptors() {
        String[] names = new File("/proc/self/fd").list();
        return names == null
                ? List.of()
                : Arrays.stream(names).map(Integer::valueOf).toList();
    }
}
