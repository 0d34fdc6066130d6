package dev.activator.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** What arrives on a non-blocking channel, as a stream whose reads give up when nothing has come for a time. Closes the channel. */
public final class TimedInput extends InputStream {
    private static final int BUFFER = 16 * 1024;

    private final SocketChannel channel;
    private final Selector selector;
    private final Duration patience;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).flip();

    /** @param patience longest silence to accept; zero means any */
    public TimedInput(SocketChannel channel, Duration patience) throws IOException {
        this.channel = channel;
        this.patience = patience;
        this.selector = Selector.open();
        channel.register(selector, SelectionKey.OP_READ);
    }

    @Override
    public int read() throws IOException {
        return fill() ? buffer.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, buffer.remaining());
        buffer.get(into, offset, count);
        return count;
    }

    /**
     * Waits for at least one byte.
     *
     * @return false at the end
     */
    private boolean fill() throws IOException {
        if (buffer.hasRemaining()) {
            return true;
        }
        long deadline = System.nanoTime() + patience.toNanos();
        buffer.clear();
        int count = channel.read(buffer);
        while (count == 0) {
            long left = (deadline - System.nanoTime()) / 1_000_000 + 1;
            if (!patience.isZero() && left <= 0) {
                throw new SocketTimeoutException("no answer within " + TimeText.left(patience));
            }
            selector.select(patience.isZero() ? 0 : left);
            selector.selectedKeys().clear();
            count = channel.read(buffer);
        }
        buffer.flip();
        return count > 0;
    }

    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
    }
}
