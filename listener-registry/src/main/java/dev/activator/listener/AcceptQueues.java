package dev.activator.listener;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How full the accept queues of listeners are. */
final class AcceptQueues {
    /** Of {@code struct tcp_info}: on a listening socket the queue's length and its limit. tcp(7). */
    private static final int TCPI_UNACKED = 24;

    private static final int TCP_INFO_PART = 32;

    private final Kernel kernel;
    private final UnixDiag unix;

    AcceptQueues(Kernel kernel) {
        this.kernel = kernel;
        this.unix = new UnixDiag(new SockDiag(kernel));
    }

    int depth(Listener listener) {
        SocketName name = listener.boundTo();
        if (listener.isConnectionOriented()) {
            if (listener.isInternet()) {
                byte[] statistics = kernel.get(listener.fd(), SocketOption.TCP_INFO, TCP_INFO_PART);
                return NativeOrder.getInt(statistics, TCPI_UNACKED);
            }
            if (name instanceof SocketName.UnixPath || name instanceof SocketName.UnixAbstract) {
                return unixDepth(listener);
            }
        }
        return kernel.isReadable(listener.fd()) ? 1 : 0;
    }

    private int unixDepth(Listener listener) {
        try {
            return unix.queued(inode(listener.fd().number()));
        } catch (SystemCallException | IOException refused) {
            return kernel.isReadable(listener.fd()) ? 1 : 0;
        }
    }

    /** From {@code socket:[4711]}; the kernel's numbers are unsigned 32-bit ones here. */
    static int inode(int fd) throws IOException {
        String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + fd)).toString();
        return Integer.parseUnsignedInt(target.substring(target.indexOf('[') + 1, target.length() - 1));
    }
}
