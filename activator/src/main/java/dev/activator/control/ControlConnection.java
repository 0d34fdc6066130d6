package dev.activator.control;

import dev.activator.listener.BorrowedFd;
import dev.activator.listener.Errno;
import dev.activator.listener.Kernel;
import dev.activator.listener.PeerCredentials;
import dev.activator.listener.SocketOption;
import dev.activator.listener.kernel.LibC;
import dev.activator.listener.kernel.NativeMemory;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The bytes of one control connection, read and written by a thread of its own that may wait; every wait is bounded by
 * {@link #PATIENCE_SECONDS}. Does not close the descriptor. recv(2), send(2).
 */
final class ControlConnection {
    static final int PATIENCE_SECONDS = 15;

    private static final SocketOption SO_RCVTIMEO = new SocketOption(1, 20, "SO_RCVTIMEO");
    private static final SocketOption SO_SNDTIMEO = new SocketOption(1, 21, "SO_SNDTIMEO");
    private static final int TIMEVAL = 16;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final short POLLIN = 1;
    private static final int BUFFER = 8192;

    private final BorrowedFd fd;
    private final Caller caller;
    private final NativeMemory buffer = NativeMemory.allocate(BUFFER);

    /** @param fd a connected stream socket; it is made blocking, with a limit to every wait */
    ControlConnection(Kernel kernel, BorrowedFd fd) {
        this.fd = fd;
        byte[] patience = ByteBuffer.allocate(TIMEVAL)
                .order(ByteOrder.nativeOrder())
                .putLong(PATIENCE_SECONDS)
                .array();
        kernel.set(fd, SO_RCVTIMEO, patience);
        kernel.set(fd, SO_SNDTIMEO, patience);
        kernel.setNonBlocking(fd, false);
        PeerCredentials peer = kernel.peerCredentials(fd);
        this.caller = new Caller(peer.uid(), peer.gid(), peer.pid());
    }

    /** Who is at the other end. */
    Caller caller() {
        return caller;
    }

    /**
     * Reads what has come, waiting for at least one byte.
     *
     * @return how many bytes; 0 at the end
     * @throws SocketTimeoutException if nothing came in time
     */
    int receive(byte[] into, int offset, int length) throws IOException {
        int wanted = Math.min(length, BUFFER);
        long count = LibC.recv(fd.number(), buffer, wanted, 0);
        while (count < 0) {
            failUnlessInterrupted("recv");
            count = LibC.recv(fd.number(), buffer, wanted, 0);
        }
        buffer.buffer().get(0, into, offset, (int) count);
        return (int) count;
    }

    /**
     * Writes all bytes between the buffer's position and limit.
     *
     * @throws SocketTimeoutException if the client does not take them
     */
    void send(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            int length = Math.min(bytes.remaining(), BUFFER);
            buffer.buffer().put(0, bytes, bytes.position(), length);
            long count = LibC.send(fd.number(), buffer, length, MSG_NOSIGNAL);
            if (count < 0) {
                failUnlessInterrupted("send");
            } else {
                bytes.position(bytes.position() + (int) count);
            }
        }
    }

    /** Waits until the time is over or the client does something, which one that reads a log can only do by leaving. */
    boolean isLeftWithin(int millis) {
        buffer.putInt(0, fd.number()).putShort(4, POLLIN).putShort(6, (short) 0);
        return LibC.poll(buffer, 1, millis) > 0;
    }

    private static void failUnlessInterrupted(String call) throws IOException {
        Errno errno = new Errno(LibC.errno());
        if (errno.equals(Errno.EAGAIN)) {
            throw new SocketTimeoutException(call + ": nothing for " + PATIENCE_SECONDS + " s");
        }
        if (errno.equals(Errno.ECONNRESET) || errno.equals(Errno.EPIPE)) {
            throw new EOFException(call + ": " + errno);
        }
        if (!errno.equals(Errno.EINTR)) {
            throw new IOException(call + ": " + errno);
        }
    }
}
