package dev.activator.it.rig;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jnr.unixsocket.UnixDatagramChannel;
import jnr.unixsocket.UnixSocketAddress;

/** A supervisor's end of sd_notify(3): a Unix datagram socket that messages are read from. */
public final class NotifyListener implements AutoCloseable {

    private static final int LARGEST_MESSAGE = 4_096;

    private final UnixDatagramChannel channel;

    private NotifyListener(UnixDatagramChannel channel) {
        this.channel = channel;
    }

    /** Binds a socket at {@code path}. */
    public static NotifyListener at(Path path) throws IOException {
        UnixDatagramChannel channel = UnixDatagramChannel.open();
        channel.bind(new UnixSocketAddress(path.toFile()));
        return new NotifyListener(channel);
    }

    /** The next message; fails when none comes within {@link Eventually#PATIENCE}. */
    public String receive() throws IOException {
        CompletableFuture<String> message = new CompletableFuture<>();
        Thread reader = new Thread(() -> {
            ByteBuffer buffer = ByteBuffer.allocate(LARGEST_MESSAGE);
            try {
                channel.receive(buffer);
                message.complete(StandardCharsets.UTF_8.decode(buffer.flip()).toString());
            } catch (IOException e) {
                message.completeExceptionally(e);
            }
        });
        reader.setDaemon(true);
        reader.start();
        try {
            return message.get(Eventually.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("no message", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
