package dev.activator.listener;

import org.jspecify.annotations.Nullable;

/**
 * The calls to the kernel that binding, accepting and counting need. A call that fails throws {@link SystemCallException};
 * where failing is part of normal running the method says what it returns. No call blocks on a descriptor that is
 * non-blocking. Any thread, but {@link #umask} changes the whole process.
 */
public interface Kernel {

    /**
     * A new socket, close-on-exec and non-blocking. socket(2).
     *
     * @param purpose as of {@link OwnedFd#adopt}
     */
    OwnedFd socket(int family, int type, int protocol, Object purpose);

    void bind(BorrowedFd fd, SocketName name);

    void connect(BorrowedFd fd, SocketName name);

    /** Starts listening; on a listening socket, changes the backlog alone. listen(2). */
    void listen(BorrowedFd fd, int backlog);

    /**
     * Takes the first connection of the accept queue: its descriptor, close-on-exec and non-blocking, which the caller now
     * owns, or the negated errno. Blocks on a blocking descriptor. accept4(2).
     */
    int accept(BorrowedFd listener);

    /**
     * The same with the client's name, and blocking: no call of this interface waits on it all the same.
     *
     * @param peer takes it; null where nobody wants it
     */
    int accept(BorrowedFd listener, SocketName @Nullable [] peer);

    SocketName localName(BorrowedFd fd);

    /** Fails with ENOTCONN where the client has reset the connection. */
    SocketName peerName(BorrowedFd fd);

    PeerCredentials peerCredentials(BorrowedFd fd);

    void set(BorrowedFd fd, SocketOption option, int value);

    void set(BorrowedFd fd, SocketOption option, byte[] value);

    /** The option's bytes, in native order, at most {@code size} of them. */
    byte[] get(BorrowedFd fd, SocketOption option, int size);

    /**
     * Runs a classic BPF program for each packet that the socket is to get, instead of the one before. SO_ATTACH_FILTER, socket(7).
     *
     * @param program eight bytes an instruction
     */
    void attachFilter(BorrowedFd fd, byte[] program);

    /** Ends {@link #attachFilter}. SO_DETACH_FILTER, socket(7). */
    void detachFilter(BorrowedFd fd);

    /** Sends from this offset on as much as there is room for, raising no SIGPIPE: how much it was, or the negated errno. */
    int send(BorrowedFd fd, byte[] bytes, int from);

    /** Sends no more. */
    void shutdownWrite(BorrowedFd fd);

    /** Throws away what was received, at most so many bytes: how many it were, 0 at the end, or the negated errno. Never blocks. */
    int discard(BorrowedFd fd, int most);

    /** 1 where a byte waits to be read, 0 at the end, or the negated errno. Takes nothing, never blocks. */
    int peek(BorrowedFd fd);

    boolean isNonBlocking(BorrowedFd fd);

    /** Belongs to the open file: everybody who shares it sees the change. */
    void setNonBlocking(BorrowedFd fd, boolean nonBlocking);

    /** Whether a connection or data waits, without taking it. */
    boolean isReadable(BorrowedFd fd);

    /** Throws away one datagram, or what a FIFO holds; false where nothing waited. The FIFO must be non-blocking. */
    boolean discard(BorrowedFd fd);

    /** F_SETPIPE_SZ. */
    void setPipeSize(BorrowedFd fifo, int bytes);

    /** Makes a FIFO; its mode is reduced by the umask. mkfifo(3). */
    void makeFifo(String path, int mode);

    /** Opens a device node or a file of /proc or /sys to wait at; non-blocking. */
    OwnedFd openSpecial(String path, boolean isWritable, String purpose);

    /**
     * Opens a POSIX message queue for reading, and makes it where there is none; non-blocking. mq_open(3).
     *
     * @param name begins with a slash
     * @param most messages, and {@code largest} bytes of one; 0 for the system's default, for both or for none
     */
    OwnedFd openQueue(String name, int mode, long most, long largest, String purpose);

    /** Opens both ends of a FIFO, so that it never reports an end of input; non-blocking, refuses symbolic links. */
    OwnedFd openFifo(String path, String purpose);

    /** Its mode is reduced by the umask. mkdir(2). */
    void makeDirectory(String path, int mode);

    /** Sets the process's umask and returns the one before. */
    int umask(int mask);

    void changeMode(String path, int mode);

    /** −1 leaves an id as it is; a symbolic link is not followed. lchown(2). */
    void changeOwner(String path, int uid, int gid);

    void unlink(String path);

    /** When the last datagram was received from this socket, in microseconds since 1970, or the negated errno: ENOENT where none was. SIOCGSTAMP. */
    long lastReceived(BorrowedFd fd);

    /** Index of a network interface by its name. if_nametoindex(3). */
    int interfaceIndex(String name);

    /** Sends the message whole to the kernel. netlink(7). */
    void sendNetlink(BorrowedFd fd, byte[] message);

    /** The next answer, whole; the kernel has it ready when the request was sent. netlink(7). */
    byte[] receiveNetlink(BorrowedFd fd);

    /** The next message that waits, empty where none does; where the kernel had no room for more, the one behind those that it dropped. */
    byte[] receiveWaiting(BorrowedFd fd);
}
