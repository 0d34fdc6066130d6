package dev.activator.demo;

import dev.activator.cli.TimedInput;
import dev.activator.experiment.Endpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One client's connection to a service of the tour, open until it is closed. */
final class Visitor implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long NANOS_PER_MICRO = 1000;

    private final DemoService service;
    private final SocketChannel channel;
    private final long connectedAfter;
    private final long begin;

    private Visitor(DemoService service, SocketChannel channel, long begin) {
        this.service = service;
        this.channel = channel;
        this.begin = begin;
        this.connectedAfter = microsSince(begin);
    }

    /** Connects; that succeeds whether or not the service runs, since the kernel takes the connection. */
    static Visitor connect(DemoService service) throws IOException {
        StandardProtocolFamily family =
                service.endpoint() instanceof Endpoint.File ? StandardProtocolFamily.UNIX : StandardProtocolFamily.INET;
        SocketChannel channel = SocketChannel.open(family);
        long begin = System.nanoTime();
        try {
            channel.connect(service.endpoint().address());
            return new Visitor(service, channel, begin);
        } catch (IOException failure) {
            channel.close();
            throw new IOException("connecting to " + service.name() + " on " + service.endpoint(), failure);
        }
    }

    /** Sends one request and waits for the answer. */
    Visit ask() throws IOException {
        ByteBuffer request = ByteBuffer.wrap(request().getBytes(StandardCharsets.US_ASCII));
        while (request.hasRemaining()) {
            channel.write(request);
        }
        channel.configureBlocking(false);
        BufferedReader in =
                new BufferedReader(new InputStreamReader(new TimedInput(channel, PATIENCE), StandardCharsets.UTF_8));
        String answer = in.readLine();
        if (service.kind() == ServiceKind.WEB) {
            answer = body(answer, in);
        }
        if (answer == null) {
            throw new IOException(service.name() + " closed the connection without an answer");
        }
        return new Visit(service.name(), connectedAfter, microsSince(begin), answer);
    }

    DemoService service() {
        return service;
    }

    /** What a person sends to a service of this kind. */
    String requestLine() {
        return service.kind() == ServiceKind.WEB ? "GET / HTTP/1.1" : "hello";
    }

    private String request() {
        return requestLine() + (service.kind() == ServiceKind.WEB ? "\r\nHost: localhost\r\n\r\n" : "\n");
    }

    private static @Nullable String body(@Nullable String status, BufferedReader in) throws IOException {
        String line = status;
        while (line != null && !line.isEmpty()) {
            line = in.readLine();
        }
        return line == null ? null : in.readLine();
    }

    private static long microsSince(long begin) {
        return (System.nanoTime() - begin) / NANOS_PER_MICRO;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
