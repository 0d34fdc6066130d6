package dev.activator.control;

/**
 * One listening socket of a socket unit.
 *
 * @param address as {@code list-sockets} shows it, with the real port: {@code [::]:80}, {@code /run/x}, {@code @name}
 * @param type {@code Stream Datagram SequentialPacket FIFO Netlink Special MessageQueue}
 * @param fdName its name in LISTEN_FDNAMES
 * @param open whether it is bound at this moment
 * @param backlog what {@code Backlog=} asks for; 0 where there is no such thing
 * @param effectiveBacklog what the kernel grants: the smaller of that and net.core.somaxconn
 * @param queued connections that wait in the kernel's accept queue; -1 if the kernel does not tell
 * @param worst the most that were seen there, at wakes and whenever somebody looked; -1 if nobody has
 * @param overflows clients that found the queue full, each counted as often as it tried; -1 if the kernel does not tell
 */
public record ListenerStatus(
        String address,
        String type,
        String fdName,
        boolean open,
        long backlog,
        int effectiveBacklog,
        int queued,
        int worst,
        long overflows) {}
