package dev.activator.listener;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks at what waits in accept queues without taking it. sock_diag(7). */
final class QueueReader {
    private final Kernel kernel;
    private final AcceptQueues queues;
    private final InetDiag inet;
    private final UnixDiag unix;

    QueueReader(Kernel kernel, AcceptQueues queues) {
        SockDiag diag = new SockDiag(kernel);
        this.kernel = kernel;
        this.queues = queues;
        this.inet = new InetDiag(diag);
        this.unix = new UnixDiag(diag);
    }

    /** Numbers of what waits, each kept as long as it does; empty where the kernel does not tell. */
    Optional<Set<Long>> identities(Listener listener) {
        try {
            if (isTcp(listener)) {
                Set<Long> cookies = new HashSet<>();
                connections(listener).forEach(each -> cookies.add(each.cookie()));
                return Optional.of(cookies);
            }
            if (listener.isConnectionOriented() && !(listener.boundTo() instanceof SocketName.Vsock)) {
                return Optional.of(
                        unix.queuedPeers(AcceptQueues.inode(listener.fd().number())));
            }
        } catch (SystemCallException | IOException refused) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    QueueContent content(Listener listener) {
        if (!isTcp(listener)) {
            return QueueContent.BYTES;
        }
        try {
            int depth = queues.depth(listener);
            return depth == 0 ? QueueContent.EMPTY : content(connections(listener));
        } catch (SystemCallException refused) {
            return QueueContent.BYTES;
        }
    }

    private static QueueContent content(List<QueuedConnection> waiting) {
        if (waiting.stream().anyMatch(each -> each.bytes() > 0)) {
            return QueueContent.BYTES;
        }
        return waiting.stream().allMatch(QueuedConnection::isOver) ? QueueContent.PROBES : QueueContent.SILENT;
    }

    /**
     * Takes those out who have sent nothing and are gone, if nobody else waits. The queue is first in, first out: those that it held before
     * the look are the first to come out, and each of them was seen, or was reset meanwhile.
     *
     * @return how many it were; 0 where somebody else waits
     */
    int discardProbes(Listener listener) {
        int depth = queues.depth(listener);
        if (depth == 0 || content(connections(listener)) != QueueContent.PROBES) {
            return 0;
        }
        return listener.discard(depth);
    }

    private List<QueuedConnection> connections(Listener listener) {
        List<QueuedConnection> waiting = new ArrayList<>();
        SocketName name = listener.boundTo();
        inet.queued(ListenerBinding.family(name), ListenerBinding.port(name), waiting::add);
        return waiting;
    }

    private static boolean isTcp(Listener listener) {
        return listener.isConnectionOriented() && listener.isInternet();
    }

    /** Packets that the listener's filter and a full queue dropped; −1 where the kernel does not tell. SO_MEMINFO. */
    long dropped(Listener listener) {
        try {
            byte[] memory = kernel.get(listener.fd(), SocketOption.SO_MEMINFO, 36);
            return memory.length < 36 ? -1 : Integer.toUnsignedLong(NativeOrder.getInt(memory, 32));
        } catch (SystemCallException refused) {
            return -1;
        }
    }
}
