package dev.activator.listener;

/**
 * What the listeners of one service were used for since the look before.
 *
 * @param open connections that are open now; those in the queue included
 * @param silent how many of them have sent no byte yet, as far as that is known
 * @param unmetered how many of them have bytes that the kernel does not count: all but TCP
 * @param waiting how many of them, or whether a datagram, nobody has taken from the queue
 * @param ended TCP connections that have ended
 * @param endedSilent how many of them never sent a byte
 * @param bytes over TCP connections in both directions
 * @param datagrams at how many sockets the service has received one
 */
public record Use(
        int open, int silent, int unmetered, int waiting, int ended, int endedSilent, long bytes, int datagrams) {
    /** Nobody there, nothing happened. */
    public static final Use NONE = new Use(0, 0, 0, 0, 0, 0, 0, 0);
}
