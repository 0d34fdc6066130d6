package dev.activator.handoff;

import dev.activator.handoff.kernel.UnixDatagrams;
import dev.activator.handoff.kernel.UnixDatagrams.Received;
import dev.activator.listener.Errno;
import dev.activator.listener.Loop;
import dev.activator.listener.OwnedFd;
import dev.activator.listener.SystemCallException;
import dev.activator.listener.Watch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The socket to which services send their notifications, NOTIFY_SOCKET. Anybody may send to it and the kernel says who did; what
 * is no proper notification is dropped. For the loop's thread.
 */
public final class NotifySocket implements AutoCloseable {
    /** Datagrams read in one turn of the loop: a service that floods its manager must not keep the others waiting. */
    private static final int TURN = 16;
    /** Time after which a turn ends, however few it has read: whose a message is may take long to find. */
    private static final long TURN_NANOS = 1_000_000;

    private final Loop loop;
    private final String address;
    private final OwnedFd fd;
    private final NotifyListener listener;
    private final UnixDatagrams datagrams = new UnixDatagrams(NotifyMessage.LONGEST);
    private final Watch watch;
    private long dropped;

    private NotifySocket(Loop loop, String address, OwnedFd fd, NotifyListener listener) {
        this.loop = loop;
        this.address = address;
        this.fd = fd;
        this.listener = listener;
        this.watch = loop.watch(fd.lend(), readiness -> receive());
    }

    /**
     * Binds and watches it.
     *
     * @param address {@code /path} (what lies there is removed; services of other users must be able to reach it) or {@code @abstract}
     * @throws SystemCallException where it cannot be bound there
     */
    public static NotifySocket open(Loop loop, String address, NotifyListener listener) {
        if (address.getBytes(StandardCharsets.UTF_8).length > UnixDatagrams.LONGEST_ADDRESS) {
            throw new SystemCallException("bind", Errno.ENAMETOOLONG, "notify socket " + address);
        }
        int number = UnixDatagrams.open(true);
        check("socket", number, address);
        OwnedFd fd = OwnedFd.adopt(number, "notify socket " + address);
        try {
            boolean hasNode = !address.startsWith("@");
            if (hasNode) {
                UnixDatagrams.unlink(address);
            }
            check("bind", UnixDatagrams.bind(number, address), address);
            if (hasNode) {
                check("chmod", UnixDatagrams.chmod(address, 0666), address);
            }
            return new NotifySocket(loop, address, fd, listener);
        } catch (SystemCallException e) {
            fd.close();
            throw e;
        }
    }

    /** The value of NOTIFY_SOCKET. */
    public String address() {
        return address;
    }

    /** Datagrams that were no notification, for statistics. */
    public long dropped() {
        return dropped;
    }

    private void receive() {
        long end = loop.nanoTime() + TURN_NANOS;
        for (int i = 0; i < TURN && fd.isOpen() && loop.nanoTime() - end < 0; i++) {
            Received received = datagrams.receive(fd.number());
            if (received == null) {
                return;
            }
            take(received);
        }
    }

    private void take(Received received) {
        List<OwnedFd> fds = new ArrayList<>();
        for (int number : received.fds()) {
            fds.add(OwnedFd.adopt(number, "descriptor sent by process " + received.pid()));
        }
        List<OwnedFd> kept = List.of();
        try {
            NotifyMessage message = received.isCut() ? null : NotifyMessage.decode(received.payload());
            if (message == null || received.pid() <= 0) {
                dropped++;
                return;
            }
            if (message.storesFds()) {
                kept = fds.stream().map(OwnedFd::move).toList();
            }
            listener.onMessage(new NotifySender(received.pid(), received.uid(), received.gid()), message, kept);
        } catch (RuntimeException listenerFailed) {
            kept.forEach(ForeignFds::refuse);
            throw listenerFailed;
        } finally {
            // Closing is also the answer to BARRIER=1: all that was sent before it has been taken by now.
            fds.forEach(ForeignFds::refuse);
        }
    }

    /** Stops listening and removes the node. */
    @Override
    public void close() {
        if (!fd.isOpen()) {
            return;
        }
        watch.cancel();
        fd.close();
        if (!address.startsWith("@")) {
            UnixDatagrams.unlink(address);
        }
    }

    private static void check(String call, int result, String address) {
        if (result < 0) {
            throw new SystemCallException(call, new Errno(-result), "notify socket " + address);
        }
    }
}
