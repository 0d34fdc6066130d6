package dev.activator.listener;

/**
 * What has gone over one TCP connection since it was made, as the kernel counts it.
 *
 * @param cookie the kernel's number of the connection, never reused
 * @param received bytes from the client; the end of its stream counts as one
 * @param sent bytes that the client has acknowledged; the handshake counts as one
 */
record Traffic(long cookie, long received, long sent) {
    private static final int LENGTH = 136;
    private static final int BYTES_ACKED = 120;
    private static final int BYTES_RECEIVED = 128;

    /** Of a {@code struct tcp_info}. An older kernel's is shorter; then nothing is known and it counts as one that has spoken. */
    static Traffic of(long cookie, byte[] information, int offset) {
        return information.length - offset < LENGTH
                ? new Traffic(cookie, 2, 0)
                : new Traffic(
                        cookie,
                        NativeOrder.getLong(information, offset + BYTES_RECEIVED),
                        NativeOrder.getLong(information, offset + BYTES_ACKED));
    }

    /** Whether the client has sent nothing, but perhaps its end. */
    boolean isSilent() {
        return received <= 1;
    }

    /** Both directions, without what the handshake and a client's silent end count for. */
    long bytes() {
        return Math.max(0, sent - 1) + (isSilent() ? 0 : received);
    }
}
