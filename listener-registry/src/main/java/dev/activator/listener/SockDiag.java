package dev.activator.listener;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Consumer;

/** Asks the kernel about sockets over netlink. sock_diag(7), netlink(7). */
final class SockDiag {
    private static final int HEADER = 16;
    private static final short SOCK_DIAG_BY_FAMILY = 20;
    private static final short NLM_F_REQUEST = 0x1;
    private static final short NLM_F_DUMP = 0x300;
    private static final int NLMSG_ERROR = 2;
    private static final int NLMSG_DONE = 3;

    private final Kernel kernel;

    SockDiag(Kernel kernel) {
        this.kernel = kernel;
    }

    /**
     * All sockets that match the request.
     *
     * @param request {@code struct inet_diag_req_v2} or {@code unix_diag_req}, with its attributes
     * @param onSocket gets one answer each, without its netlink header
     * @throws SystemCallException where the host refuses (EPERM, EACCES) or lacks (ENOENT, EPROTONOSUPPORT) the interface
     */
    void dump(byte[] request, Consumer<byte[]> onSocket) {
        ask(request, NLM_F_DUMP, onSocket);
    }

    /** The one socket that the request names. */
    void find(byte[] request, Consumer<byte[]> onSocket) {
        ask(request, (short) 0, onSocket);
    }

    private void ask(byte[] request, short flags, Consumer<byte[]> onSocket) {
        String purpose = "socket statistics";
        try (OwnedFd fd = kernel.socket(Families.AF_NETLINK, Families.SOCK_RAW, Families.NETLINK_SOCK_DIAG, purpose)) {
            kernel.sendNetlink(fd.lend(), message(request, flags));
            // Every answer is ready when the one before has been read: netlink fills the queue inside send and recv.
            boolean more = true;
            while (more) {
                more = read(kernel.receiveNetlink(fd.lend()), onSocket) && flags != 0;
            }
        }
    }

    private static byte[] message(byte[] request, short flags) {
        return ByteBuffer.allocate(HEADER + request.length)
                .order(ByteOrder.nativeOrder())
                .putInt(HEADER + request.length)
                .putShort(SOCK_DIAG_BY_FAMILY)
                .putShort((short) (NLM_F_REQUEST | flags))
                .putInt(1)
                .putInt(0)
                .put(request)
                .array();
    }

    /** Hands on what one datagram holds; false where it is the last one of its answer. */
    static boolean read(byte[] datagram, Consumer<byte[]> onSocket) {
        ByteBuffer all = ByteBuffer.wrap(datagram).order(ByteOrder.nativeOrder());
        int at = 0;
        while (at + HEADER <= datagram.length) {
            int length = all.getInt(at);
            int type = Short.toUnsignedInt(all.getShort(at + 4));
            if (type == NLMSG_DONE || length < HEADER) {
                return false;
            }
            if (type == NLMSG_ERROR) {
                throw new SystemCallException("sock_diag", new Errno(-all.getInt(at + HEADER)), "socket statistics");
            }
            int end = Math.min(at + length, datagram.length);
            onSocket.accept(Arrays.copyOfRange(datagram, at + HEADER, end));
            at += (length + 3) & ~3;
        }
        return true;
    }
}
