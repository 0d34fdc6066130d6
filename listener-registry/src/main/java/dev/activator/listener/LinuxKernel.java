package dev.activator.listener;

import dev.activator.listener.kernel.LibC;
import dev.activator.listener.kernel.NativeMemory;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The real {@link Kernel}. Not for two threads at once: it has one buffer. */
public final class LinuxKernel implements Kernel {
    private static final int SOCK_NONBLOCK = 0x800;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int O_RDWR = 0x2;
    private static final int O_NOCTTY = 0x100;
    private static final int O_NONBLOCK = 0x800;
    private static final int O_CLOEXEC = 0x80000;
    private static final boolean IS_ARM = "aarch64".equals(System.getProperty("os.arch"));
    private static final int O_NOFOLLOW = IS_ARM ? 0x8000 : 0x20000;
    private static final int O_RDONLY = 0;
    private static final int O_CREAT = 0100;
    private static final long MQ_OPEN = 240;
    private static final long MQ_OPEN_ARM = 180;
    private static final int F_GETFL = 3;
    private static final int F_SETFL = 4;
    private static final int F_SETPIPE_SZ = 1031;
    private static final int MSG_PEEK = 0x2;
    private static final int MSG_TRUNC = 0x20;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final long SIOCGSTAMP = 0x8906;
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int SHUT_WR = 1;
    private static final short POLLIN = 1;
    private static final int MODE_BITS = 07777;
    private static final byte[] NOTHING = {};

    private final NativeMemory name = NativeMemory.allocate(SocketNameLayout.LARGEST);
    private final NativeMemory length = NativeMemory.allocate(4);
    private final NativeMemory value = NativeMemory.allocate(256);
    private final NativeMemory answer = NativeMemory.allocate(32 * 1024);

    @Override
    public OwnedFd socket(int family, int type, int protocol, Object purpose) {
        int fd = LibC.socket(family, type | SOCK_CLOEXEC | SOCK_NONBLOCK, protocol);
        return OwnedFd.adopt(checked(fd, "socket", purpose), purpose);
    }

    @Override
    public void bind(BorrowedFd fd, SocketName to) {
        byte[] bytes = SocketNameLayout.encode(to);
        checked(LibC.bind(fd.number(), name.putBytes(0, bytes), bytes.length), "bind", fd);
    }

    @Override
    public void connect(BorrowedFd fd, SocketName to) {
        byte[] bytes = SocketNameLayout.encode(to);
        checked(LibC.connect(fd.number(), name.putBytes(0, bytes), bytes.length), "connect", fd);
    }

    @Override
    public void listen(BorrowedFd fd, int backlog) {
        checked(LibC.listen(fd.number(), backlog), "listen", fd);
    }

    @Override
    public int accept(BorrowedFd listener) {
        int fd = LibC.accept4(listener.number(), null, null, SOCK_CLOEXEC | SOCK_NONBLOCK);
        return fd == -1 ? -LibC.errno() : fd;
    }

    @Override
    public int accept(BorrowedFd listener, SocketName @Nullable [] peer) {
        boolean isWanted = peer != null;
        length.putInt(0, name.size());
        int fd = LibC.accept4(listener.number(), isWanted ? name : null, isWanted ? length : null, SOCK_CLOEXEC);
        if (fd == -1) {
            return -LibC.errno();
        }
        if (peer != null) {
            peer[0] = SocketNameLayout.decode(name.getBytes(0, Math.min(name.size(), length.getInt(0))));
        }
        return fd;
    }

    @Override
    public SocketName localName(BorrowedFd fd) {
        length.putInt(0, name.size());
        checked(LibC.getsockname(fd.number(), name, length), "getsockname", fd);
        return SocketNameLayout.decode(name.getBytes(0, Math.min(name.size(), length.getInt(0))));
    }

    @Override
    public SocketName peerName(BorrowedFd fd) {
        length.putInt(0, name.size());
        checked(LibC.getpeername(fd.number(), name, length), "getpeername", fd);
        return SocketNameLayout.decode(name.getBytes(0, Math.min(name.size(), length.getInt(0))));
    }

    @Override
    public PeerCredentials peerCredentials(BorrowedFd fd) {
        read(fd, SocketOption.SO_PEERCRED, 12);
        int pid = value.getInt(0);
        int uid = value.getInt(4);
        int gid = value.getInt(8);
        return new PeerCredentials(pid, uid, gid, peerGroups(fd));
    }

    private Set<Integer> peerGroups(BorrowedFd fd) {
        length.putInt(0, value.size());
        SocketOption option = SocketOption.SO_PEERGROUPS;
        if (LibC.getsockopt(fd.number(), option.level(), option.number(), value, length) == -1) {
            return Set.of();
        }
        Set<Integer> groups = new HashSet<>();
        for (int at = 0; at < length.getInt(0); at += 4) {
            groups.add(value.getInt(at));
        }
        return groups;
    }

    @Override
    public void set(BorrowedFd fd, SocketOption option, int number) {
        value.putInt(0, number);
        write(fd, option, 4);
    }

    @Override
    public void set(BorrowedFd fd, SocketOption option, byte[] bytes) {
        value.putBytes(0, bytes);
        write(fd, option, bytes.length);
    }

    private void write(BorrowedFd fd, SocketOption option, int size) {
        int result = LibC.setsockopt(fd.number(), option.level(), option.number(), value, size);
        if (result < 0) {
            throw new SystemCallException("setsockopt " + option, new Errno(LibC.errno()), fd.purpose());
        }
    }

    @Override
    public byte[] get(BorrowedFd fd, SocketOption option, int size) {
        return value.getBytes(0, read(fd, option, size));
    }

    private int read(BorrowedFd fd, SocketOption option, int size) {
        length.putInt(0, Math.min(size, value.size()));
        int result = LibC.getsockopt(fd.number(), option.level(), option.number(), value, length);
        checked(result, "getsockopt " + option, fd);
        return length.getInt(0);
    }

    @Override
    public void attachFilter(BorrowedFd fd, byte[] program) {
        NativeMemory code = NativeMemory.ofBytes(program);
        value.putLong(0, program.length / FilterProgram.INSTRUCTION).putLong(8, code.address());
        try {
            write(fd, SocketOption.SO_ATTACH_FILTER, 16);
        } finally {
            Reference.reachabilityFence(code);
        }
    }

    @Override
    public void detachFilter(BorrowedFd fd) {
        set(fd, SocketOption.SO_DETACH_FILTER, 0);
    }

    @Override
    public int send(BorrowedFd fd, byte[] bytes, int from) {
        int size = Math.min(bytes.length - from, answer.size());
        answer.putBytes(0, Arrays.copyOfRange(bytes, from, from + size));
        long sent = LibC.send(fd.number(), answer, size, MSG_DONTWAIT | MSG_NOSIGNAL);
        return sent == -1 ? -LibC.errno() : (int) sent;
    }

    @Override
    public void shutdownWrite(BorrowedFd fd) {
        checked(LibC.shutdown(fd.number(), SHUT_WR), "shutdown", fd);
    }

    @Override
    public int discard(BorrowedFd fd, int most) {
        return receive(fd, Math.min(most, answer.size()), MSG_DONTWAIT);
    }

    @Override
    public int peek(BorrowedFd fd) {
        return receive(fd, 1, MSG_DONTWAIT | MSG_PEEK);
    }

    private int receive(BorrowedFd fd, int size, int flags) {
        long taken = LibC.recv(fd.number(), answer, size, flags);
        return taken == -1 ? -LibC.errno() : (int) taken;
    }

    @Override
    public boolean isNonBlocking(BorrowedFd fd) {
        return (flags(fd) & O_NONBLOCK) != 0;
    }

    @Override
    public void setNonBlocking(BorrowedFd fd, boolean nonBlocking) {
        int flags = (flags(fd) & ~O_NONBLOCK) | (nonBlocking ? O_NONBLOCK : 0);
        checked(LibC.fcntl(fd.number(), F_SETFL, flags), "fcntl F_SETFL", fd);
    }

    private static int flags(BorrowedFd fd) {
        return checked(LibC.fcntl(fd.number(), F_GETFL, 0), "fcntl F_GETFL", fd);
    }

    @Override
    public boolean isReadable(BorrowedFd fd) {
        value.putInt(0, fd.number()).putShort(4, POLLIN).putShort(6, (short) 0);
        checked(LibC.poll(value, 1, 0), "poll", fd);
        return (value.getShort(6) & POLLIN) != 0;
    }

    /** Waits until the other side of a connection has closed it, throwing away what comes before. */
    public void awaitEnd(BorrowedFd fd) {
        int taken = 1;
        while (taken > 0 || taken == -Errno.EAGAIN.number()) {
            value.putInt(0, fd.number()).putShort(4, POLLIN).putShort(6, (short) 0);
            if (LibC.poll(value, 1, -1) == -1 && LibC.errno() != Errno.EINTR.number()) {
                return;
            }
            taken = discard(fd, answer.size());
        }
    }

    @Override
    public boolean discard(BorrowedFd fd) {
        long taken = LibC.recv(fd.number(), answer, answer.size(), MSG_DONTWAIT | MSG_TRUNC);
        if (taken == -1 && LibC.errno() == Errno.ENOTSOCK.number()) {
            return LibC.read(fd.number(), answer, answer.size()) > 0;
        }
        return taken >= 0;
    }

    @Override
    public void setPipeSize(BorrowedFd fifo, int bytes) {
        checked(LibC.fcntl(fifo.number(), F_SETPIPE_SZ, bytes), "fcntl F_SETPIPE_SZ", fifo);
    }

    @Override
    public void makeFifo(String path, int mode) {
        checked(LibC.mkfifo(NativeMemory.ofString(path), mode), "mkfifo", path);
    }

    @Override
    public OwnedFd openSpecial(String path, boolean isWritable, String purpose) {
        int flags = (isWritable ? O_RDWR : O_RDONLY) | O_NOCTTY | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW;
        return OwnedFd.adopt(checked(LibC.open(NativeMemory.ofString(path), flags, 0), "open", purpose), purpose);
    }

    @Override
    public OwnedFd openQueue(String queue, int mode, long most, long largest, String purpose) {
        NativeMemory attributes = NativeMemory.allocate(64);
        attributes.putLong(8, most).putLong(16, largest);
        // The system call wants no slash in front, which only the C library's function does.
        NativeMemory plain = NativeMemory.ofString(queue.substring(1));
        long attributesAt = most > 0 && largest > 0 ? attributes.address() : 0;
        int before = LibC.umask(0);
        try {
            long fd = LibC.syscall(
                    IS_ARM ? MQ_OPEN_ARM : MQ_OPEN,
                    plain.address(),
                    O_RDONLY | O_CREAT | O_NONBLOCK | O_CLOEXEC,
                    mode,
                    attributesAt,
                    0,
                    0);
            return OwnedFd.adopt(checked((int) fd, "mq_open", purpose), purpose);
        } finally {
            LibC.umask(before);
        }
    }

    @Override
    public OwnedFd openFifo(String path, String purpose) {
        int flags = O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW;
        return OwnedFd.adopt(checked(LibC.open(NativeMemory.ofString(path), flags, 0), "open", purpose), purpose);
    }

    @Override
    public void makeDirectory(String path, int mode) {
        checked(LibC.mkdir(NativeMemory.ofString(path), mode), "mkdir", path);
    }

    @Override
    public int umask(int mask) {
        return LibC.umask(mask);
    }

    @Override
    public void changeMode(String path, int mode) {
        checked(LibC.chmod(NativeMemory.ofString(path), mode & MODE_BITS), "chmod", path);
    }

    @Override
    public void changeOwner(String path, int uid, int gid) {
        checked(LibC.lchown(NativeMemory.ofString(path), uid, gid), "lchown", path);
    }

    @Override
    public void unlink(String path) {
        checked(LibC.unlink(NativeMemory.ofString(path)), "unlink", path);
    }

    @Override
    public long lastReceived(BorrowedFd fd) {
        return LibC.ioctl(fd.number(), SIOCGSTAMP, value) == -1
                ? -LibC.errno()
                : value.getLong(0) * MICROS_PER_SECOND + value.getLong(8);
    }

    @Override
    public int interfaceIndex(String interfaceName) {
        int index = LibC.ifNameToIndex(NativeMemory.ofString(interfaceName));
        return checked(index == 0 ? -1 : index, "if_nametoindex", interfaceName);
    }

    @Override
    public void sendNetlink(BorrowedFd fd, byte[] message) {
        NativeMemory copy = NativeMemory.ofBytes(message);
        checked((int) LibC.send(fd.number(), copy, message.length, 0), "send", fd);
    }

    @Override
    public byte[] receiveNetlink(BorrowedFd fd) {
        int received = (int) LibC.recv(fd.number(), answer, answer.size(), 0);
        return answer.getBytes(0, Math.min(checked(received, "recv", fd), answer.size()));
    }

    @Override
    public byte[] receiveWaiting(BorrowedFd fd) {
        int received = (int) LibC.recv(fd.number(), answer, answer.size(), MSG_DONTWAIT);
        if (received == -1 && LibC.errno() == Errno.ENOBUFS.number()) {
            received = (int) LibC.recv(fd.number(), answer, answer.size(), MSG_DONTWAIT);
        }
        return received <= 0 ? NOTHING : answer.getBytes(0, Math.min(received, answer.size()));
    }

    private static int checked(int result, String call, Object context) {
        if (result < 0) {
            String text = context instanceof BorrowedFd fd ? fd.purpose() : context.toString();
            throw new SystemCallException(call, new Errno(LibC.errno()), text);
        }
        return result;
    }
}
