package dev.activator.listener.kernel;

import java.lang.ref.Reference;
import org.jspecify.annotations.Nullable;

/**
 * The system calls that Activator makes, as thin as they are in C: a failure is the returned −1 together with
 * {@link #errno()}, read by the same thread before its next call. Null stands for a NULL pointer. Memory that is passed
 * in stays allocated for the length of the call. Section 2 of the manual describes each function.
 */
public final class LibC {
    private static final NativeFunction SOCKET = NativeFunction.find("socket");
    private static final NativeFunction SOCKETPAIR = NativeFunction.find("socketpair");
    private static final NativeFunction BIND = NativeFunction.find("bind");
    private static final NativeFunction CONNECT = NativeFunction.find("connect");
    private static final NativeFunction LISTEN = NativeFunction.find("listen");
    private static final NativeFunction ACCEPT4 = NativeFunction.find("accept4");
    private static final NativeFunction SHUTDOWN = NativeFunction.find("shutdown");
    private static final NativeFunction GETSOCKOPT = NativeFunction.find("getsockopt");
    private static final NativeFunction SETSOCKOPT = NativeFunction.find("setsockopt");
    private static final NativeFunction GETSOCKNAME = NativeFunction.find("getsockname");
    private static final NativeFunction GETPEERNAME = NativeFunction.find("getpeername");
    private static final NativeFunction RECV = NativeFunction.find("recv");
    private static final NativeFunction SEND = NativeFunction.find("send");
    private static final NativeFunction SENDTO = NativeFunction.find("sendto");
    private static final NativeFunction RECVMSG = NativeFunction.find("recvmsg");
    private static final NativeFunction SENDMSG = NativeFunction.find("sendmsg");
    private static final NativeFunction POLL = NativeFunction.find("poll");
    private static final NativeFunction OPEN = NativeFunction.find("open");
    private static final NativeFunction READ = NativeFunction.find("read");
    private static final NativeFunction WRITE = NativeFunction.find("write");
    private static final NativeFunction CLOSE = NativeFunction.find("close");
    private static final NativeFunction FCNTL = NativeFunction.find("fcntl");
    private static final NativeFunction IOCTL = NativeFunction.find("ioctl");
    private static final NativeFunction PIPE2 = NativeFunction.find("pipe2");
    private static final NativeFunction UMASK = NativeFunction.find("umask");
    private static final NativeFunction MKFIFO = NativeFunction.find("mkfifo");
    private static final NativeFunction MKDIR = NativeFunction.find("mkdir");
    private static final NativeFunction CHMOD = NativeFunction.find("chmod");
    private static final NativeFunction LCHOWN = NativeFunction.find("lchown");
    private static final NativeFunction UNLINK = NativeFunction.find("unlink");
    private static final NativeFunction IF_NAMETOINDEX = NativeFunction.find("if_nametoindex");
    private static final NativeFunction PRCTL = NativeFunction.find("prctl");
    private static final NativeFunction WAITPID = NativeFunction.find("waitpid");
    private static final NativeFunction KILL = NativeFunction.find("kill");
    private static final NativeFunction GETRLIMIT = NativeFunction.find("getrlimit");
    private static final NativeFunction SETRLIMIT = NativeFunction.find("setrlimit");
    private static final NativeFunction SYSCALL = NativeFunction.find("syscall");

    private LibC() {}

    /** The errno that this thread's last call here left; valid only where that call returned −1. */
    public static int errno() {
        return NativeFunction.errno();
    }

    public static int socket(int family, int type, int protocol) {
        return (int) SOCKET.call(family, type, protocol);
    }

    /** Two connected sockets; the memory takes two ints. */
    public static int socketpair(int family, int type, int protocol, NativeMemory fds) {
        return (int) keep(SOCKETPAIR.call(family, type, protocol, fds.address()), fds);
    }

    public static int bind(int fd, NativeMemory address, int length) {
        return (int) keep(BIND.call(fd, address.address(), length), address);
    }

    public static int connect(int fd, NativeMemory address, int length) {
        return (int) keep(CONNECT.call(fd, address.address(), length), address);
    }

    public static int listen(int fd, int backlog) {
        return (int) LISTEN.call(fd, backlog);
    }

    public static int accept4(int fd, @Nullable NativeMemory address, @Nullable NativeMemory length, int flags) {
        return (int) keep(ACCEPT4.call(fd, at(address), at(length), flags), address, length);
    }

    public static int shutdown(int fd, int how) {
        return (int) SHUTDOWN.call(fd, how);
    }

    /** Length goes in and comes out as one int. */
    public static int getsockopt(int fd, int level, int name, NativeMemory value, NativeMemory length) {
        return (int) keep(GETSOCKOPT.call(fd, level, name, value.address(), length.address()), value, length);
    }

    public static int setsockopt(int fd, int level, int name, NativeMemory value, int length) {
        return (int) keep(SETSOCKOPT.call(fd, level, name, value.address(), length), value);
    }

    public static int getsockname(int fd, NativeMemory address, NativeMemory length) {
        return (int) keep(GETSOCKNAME.call(fd, address.address(), length.address()), address, length);
    }

    public static int getpeername(int fd, NativeMemory address, NativeMemory length) {
        return (int) keep(GETPEERNAME.call(fd, address.address(), length.address()), address, length);
    }

    public static long recv(int fd, NativeMemory into, int length, int flags) {
        return keep(RECV.call(fd, into.address(), length, flags), into);
    }

    public static long send(int fd, NativeMemory from, int length, int flags) {
        return keep(SEND.call(fd, from.address(), length, flags), from);
    }

    public static long sendto(int fd, NativeMemory from, int length, int flags, NativeMemory to, int toLength) {
        return keep(SENDTO.call(fd, from.address(), length, flags, to.address(), toLength), from, to);
    }

    /** Takes a {@code struct msghdr}; the caller keeps the memory that it points to reachable. */
    public static long recvmsg(int fd, NativeMemory header, int flags) {
        return keep(RECVMSG.call(fd, header.address(), flags), header);
    }

    /** Takes a {@code struct msghdr}; the caller keeps the memory that it points to reachable. */
    public static long sendmsg(int fd, NativeMemory header, int flags) {
        return keep(SENDMSG.call(fd, header.address(), flags), header);
    }

    /** The memory holds {@code count} times {@code struct pollfd}: int fd, short events, short returned events. */
    public static int poll(NativeMemory entries, int count, int timeoutMillis) {
        return (int) keep(POLL.call(entries.address(), count, timeoutMillis), entries);
    }

    public static int open(NativeMemory path, int flags, int mode) {
        return (int) keep(OPEN.call(path.address(), flags, mode), path);
    }

    public static long read(int fd, NativeMemory into, int length) {
        return keep(READ.call(fd, into.address(), length), into);
    }

    public static long write(int fd, NativeMemory from, int length) {
        return keep(WRITE.call(fd, from.address(), length), from);
    }

    public static int close(int fd) {
        return (int) CLOSE.call(fd);
    }

    public static int fcntl(int fd, int command, long argument) {
        return (int) FCNTL.call(fd, command, argument);
    }

    public static int ioctl(int fd, long request, NativeMemory argument) {
        return (int) keep(IOCTL.call(fd, request, argument.address()), argument);
    }

    /** The memory takes two ints: read end, write end. */
    public static int pipe2(NativeMemory fds, int flags) {
        return (int) keep(PIPE2.call(fds.address(), flags), fds);
    }

    /** Sets the whole process's mask and returns the one before; never fails. */
    public static int umask(int mask) {
        return (int) UMASK.call(mask);
    }

    public static int mkfifo(NativeMemory path, int mode) {
        return (int) keep(MKFIFO.call(path.address(), mode), path);
    }

    public static int mkdir(NativeMemory path, int mode) {
        return (int) keep(MKDIR.call(path.address(), mode), path);
    }

    public static int chmod(NativeMemory path, int mode) {
        return (int) keep(CHMOD.call(path.address(), mode), path);
    }

    /** Does not follow a symbolic link; −1 leaves an id as it is. */
    public static int lchown(NativeMemory path, int uid, int gid) {
        return (int) keep(LCHOWN.call(path.address(), uid, gid), path);
    }

    public static int unlink(NativeMemory path) {
        return (int) keep(UNLINK.call(path.address()), path);
    }

    /** The index of a network interface, 0 (and an errno) where there is none of that name. */
    public static int ifNameToIndex(NativeMemory name) {
        return (int) keep(IF_NAMETOINDEX.call(name.address()), name);
    }

    public static int prctl(int option, long a, long b, long c, long d) {
        return (int) PRCTL.call(option, a, b, c, d);
    }

    /** The memory takes the status, one int. */
    public static int waitpid(int pid, @Nullable NativeMemory status, int options) {
        return (int) keep(WAITPID.call(pid, at(status), options), status);
    }

    public static int kill(int pid, int signal) {
        return (int) KILL.call(pid, signal);
    }

    /** The memory takes soft and hard limit, two longs. */
    public static int getrlimit(int resource, NativeMemory limit) {
        return (int) keep(GETRLIMIT.call(resource, limit.address()), limit);
    }

    /** The memory holds soft and hard limit, two longs. */
    public static int setrlimit(int resource, NativeMemory limit) {
        return (int) keep(SETRLIMIT.call(resource, limit.address()), limit);
    }

    /** Any system call by its number, which differs between architectures; memory that it points to is the caller's. */
    public static long syscall(long number, long a, long b, long c, long d, long e, long f) {
        return SYSCALL.call(number, a, b, c, d, e, f);
    }

    private static long at(@Nullable NativeMemory memory) {
        return memory == null ? 0 : memory.address();
    }

    private static long keep(long result, @Nullable NativeMemory... used) {
        try {
            return result;
        } finally {
            Reference.reachabilityFence(used);
        }
    }
}
