package dev.activator.it.rig;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A client of a stream service, over TCP or a Unix socket: connects, says a line, reads the answer. */
public final class LineClient implements AutoCloseable {

    private final SocketChannel channel;

    private LineClient(SocketChannel channel) {
        this.channel = channel;
    }

    /** Connects to a port of 127.0.0.1. */
    public static LineClient tcp(int port) throws IOException {
        return connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /**
     * Connects from another of the host's addresses.
     *
     * @throws java.net.SocketTimeoutException where that is not possible within the time
     */
    public static LineClient tcpFrom(String address, int port, Duration limit) throws IOException {
        SocketChannel channel = SocketChannel.open().bind(new InetSocketAddress(address, 0));
        try {
            channel.socket()
                    .connect(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                            Math.toIntExact(limit.toMillis()));
            return new LineClient(channel);
        } catch (IOException refused) {
            channel.close();
            throw refused;
        }
    }

    /** Connects to a Unix stream socket. */
    public static LineClient unix(Path path) throws IOException {
        return connect(UnixDomainSocketAddress.of(path));
    }

    private static LineClient connect(SocketAddress address) throws IOException {
        return new LineClient(SocketChannel.open(address));
    }

    /** What a service on that port says to one more client that sends nothing. */
    public static String greeting(int port) throws IOException {
        try (LineClient client = tcp(port)) {
            return client.readAll();
        }
    }

    /** What a service on that port answers to one line. */
    public static String ask(int port, String line) throws IOException {
        try (LineClient client = tcp(port)) {
            client.send(line + "\n");
            client.finish();
            return client.readAll();
        }
    }

    /** Sends text. */
    public void send(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** The client's own TCP port. */
    public int localPort() throws IOException {
        return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }

    /** Says that nothing more will be sent. */
    public void finish() throws IOException {
        channel.shutdownOutput();
    }

    /** Everything up to the service's end of the stream; fails when that takes longer than {@link Eventually#PATIENCE}. */
    public String readAll() throws IOException {
        return await(InputStream::readAllBytes).strip();
    }

    /** The next line without its end, or what there is before the end of the stream; fails as {@link #readAll} does. */
    public String readLine() throws IOException {
        return await(stream -> {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int next = stream.read(); next >= 0 && next != '\n'; next = stream.read()) {
                line.write(next);
            }
            return line.toByteArray();
        });
    }

    private interface Reading {
        byte[] from(InputStream stream) throws IOException;
    }

    private String await(Reading reading) throws IOException {
        CompletableFuture<String> answer = new CompletableFuture<>();
        Thread reader = new Thread(() -> {
            try {
                answer.complete(new String(reading.from(Channels.newInputStream(channel)), StandardCharsets.UTF_8));
            } catch (IOException e) {
                answer.completeExceptionally(e);
            }
        });
        reader.setDaemon(true);
        reader.start();
        try {
            return answer.get(Eventually.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + Eventually.PATIENCE, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Ends the connection with a reset: SO_LINGER with time 0. */
    public void reset() throws IOException {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.close();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
