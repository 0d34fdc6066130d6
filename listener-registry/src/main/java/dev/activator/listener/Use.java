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
    /**
     * The same with what is known of the connections that the service was passed.
     *
     * @param untaken on their way to it
     * @param sinceLook passed since the look before
     * @param mostOpen of those that it has taken
     */
    public Use withPassed(int untaken, int sinceLook, int mostOpen) {
        int known = Math.min(open, mostOpen);
        return new Use(
                known + untaken,
                Math.min(silent, known),
                Math.min(unmetered, known),
                waiting + untaken,
                ended + sinceLook,
                endedSilent,
                bytes,
                datagrams);
    }

    /** Nobody there, nothing happened. */
    public static final Use NONE = new Use(0, 0, 0, 0, 0, 0, 0, 0);
}
