package dev.activator.experiment;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * The clients of one run: each comes at its moment, sends the request and waits for the first byte of an answer. A client's time counts
 * from the moment at which it was to come, so that a service that holds up others is not spared.
 */
final class Clients implements AutoCloseable {
    private static final int MOST_AT_A_TIME = 256;
    private static final int WARM_UP = 300;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** How long an answer may go on after its first byte. */
    private static final Duration REST = Duration.ofSeconds(2);

    private static final int BUFFER = 16 * 1024;
    private static final long NANOS_PER_MICRO = 1000;

    private final List<Subject> subjects;
    private final byte[] request;
    private final Semaphore places = new Semaphore(MOST_AT_A_TIME);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    Clients(List<Subject> subjects, String request) {
        this.subjects = subjects;
        this.request = request.getBytes(StandardCharsets.UTF_8);
    }

    /** Has all come, and returns when the last has left. */
    List<Visit> receive(Arrivals arrivals, IntConsumer progress) throws IOException, InterruptedException {
        List<Future<Visit>> coming = new ArrayList<>();
        long begin = System.nanoTime();
        for (Arrival arrival : arrivals.each()) {
            long due = begin + arrival.atNanos();
            TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
            places.acquire();
            Endpoint endpoint =
                    Objects.requireNonNull(subjects.get(arrival.subject()).visited());
            coming.add(threads.submit(() -> visit(arrival.subject(), endpoint, due)));
            progress.accept(coming.size());
        }
        TimeUnit.NANOSECONDS.sleep(begin + arrivals.duration().toNanos() - System.nanoTime());
        List<Visit> all = new ArrayList<>();
        for (Future<Visit> each : coming) {
            all.add(await(each));
        }
        return all;
    }

    private static Visit await(Future<Visit> visit) throws IOException, InterruptedException {
        try {
            return visit.get();
        } catch (ExecutionException defect) {
            throw new IOException("a client of the experiment failed", defect.getCause());
        }
    }

    /** Visits a socket of this process until the code of a client is as quick as it gets: the first run shall not pay for that. */
    void warmUp() throws IOException, InterruptedException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            Endpoint endpoint = new Endpoint.Loopback(((InetSocketAddress) server.getLocalAddress()).getPort());
            for (int i = 0; i < WARM_UP; i++) {
                places.acquire();
                Future<Visit> client = threads.submit(() -> visit(0, endpoint, System.nanoTime()));
                try (SocketChannel taken = server.accept()) {
                    taken.read(ByteBuffer.allocate(BUFFER));
                    taken.write(ByteBuffer.wrap(request));
                }
                await(client);
            }
        }
    }

    private Visit visit(int subject, Endpoint endpoint, long due) throws IOException {
        StandardProtocolFamily family =
                endpoint instanceof Endpoint.File ? StandardProtocolFamily.UNIX : StandardProtocolFamily.INET;
        try (SocketChannel channel = SocketChannel.open(family)) {
            ScheduledFuture<?> end = closeAfter(PATIENCE, channel);
            Visit.Result result = ask(channel, endpoint);
            long micros = (System.nanoTime() - due) / NANOS_PER_MICRO;
            end.cancel(false);
            if (result == Visit.Result.ANSWERED) {
                takeRest(channel);
            }
            return new Visit(subject, micros, result);
        } finally {
            places.release();
        }
    }

    private Visit.Result ask(SocketChannel channel, Endpoint endpoint) {
        boolean isConnected = false;
        try {
            isConnected = channel.connect(endpoint.address());
            ByteBuffer sent = ByteBuffer.wrap(request);
            while (sent.hasRemaining()) {
                channel.write(sent);
            }
            return channel.read(ByteBuffer.allocate(BUFFER)) < 0 ? Visit.Result.CUT_OFF : Visit.Result.ANSWERED;
        } catch (ClosedChannelException tooLate) {
            return Visit.Result.UNANSWERED;
        } catch (IOException failure) {
            return isConnected ? Visit.Result.CUT_OFF : Visit.Result.REFUSED;
        }
    }

    /** A client that left in the middle of its answer would make an error of the service's that no other client makes. */
    private void takeRest(SocketChannel channel) throws IOException {
        ScheduledFuture<?> end = closeAfter(REST, channel);
        try {
            channel.shutdownOutput();
            ByteBuffer rest = ByteBuffer.allocate(BUFFER);
            while (channel.read(rest.clear()) >= 0) {
                // What it says does not matter.
            }
        } catch (IOException gone) {
            // The answer had begun, which is all that is asked.
        } finally {
            end.cancel(false);
        }
    }

    private ScheduledFuture<?> closeAfter(Duration time, SocketChannel channel) {
        return timer.schedule(
                () -> {
                    channel.close();
                    return null;
                },
                time.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        timer.shutdownNow();
    }
}
