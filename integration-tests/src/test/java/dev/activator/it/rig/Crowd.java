package dev.activator.it.rig;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Many clients of one TCP port at the same time, on one thread: all connect at once without waiting for one another, send
 * nothing and read up to the end of the stream.
 */
public final class Crowd implements AutoCloseable {

    private static final int LONGEST_ANSWER = 256;

    private final Selector selector;
    private final List<String> answers = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private int connected;
    private int connecting;
    private int waiting;

    private Crowd(Selector selector) {
        this.selector = selector;
    }

    /** Has {@code clients} begin to connect to {@code port} of 127.0.0.1. */
    public static Crowd connecting(int clients, int port) throws IOException {
        Crowd crowd = new Crowd(Selector.open());
        InetSocketAddress service = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        for (int i = 0; i < clients; i++) {
            SocketChannel channel = SocketChannel.open();
            channel.configureBlocking(false);
            boolean isConnected = channel.connect(service);
            channel.register(
                    crowd.selector,
                    isConnected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT,
                    ByteBuffer.allocate(LONGEST_ANSWER));
            crowd.connecting += isConnected ? 0 : 1;
            crowd.connected += isConnected ? 1 : 0;
            crowd.waiting++;
        }
        return crowd;
    }

    /** Returns when every connection is established (or failed). */
    public Crowd awaitConnected() throws IOException {
        select(Eventually.PATIENCE, () -> connecting > 0);
        return this;
    }

    /** Returns when every client has its answer, or has failed; fails when that takes longer than {@code limit}. */
    public Crowd awaitAnswers(Duration limit) throws IOException {
        select(limit, () -> waiting > 0);
        return this;
    }

    private void select(Duration limit, BooleanSupplier isUnfinished) throws IOException {
        long end = System.nanoTime() + limit.toNanos();
        while (isUnfinished.getAsBoolean()) {
            long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
            if (left <= 0) {
                throw new AssertionError(
                        waiting + " clients still wait after " + limit + "; " + connected + " connected, " + failures);
            }
            selector.select(this::advance, left);
        }
    }

    private void advance(SelectionKey key) {
        try {
            SocketChannel channel = (SocketChannel) key.channel();
            if (key.isConnectable()) {
                connecting--;
                channel.finishConnect();
                connected++;
                key.interestOps(SelectionKey.OP_READ);
            } else {
                read(key, channel);
            }
        } catch (IOException e) {
            failures.add(String.valueOf(e));
            leave(key);
        }
    }

    private void read(SelectionKey key, SocketChannel channel) throws IOException {
        ByteBuffer answer = (ByteBuffer) key.attachment();
        if (channel.read(answer) < 0) {
            answers.add(StandardCharsets.UTF_8.decode(answer.flip()).toString().strip());
            leave(key);
        }
    }

    private void leave(SelectionKey key) {
        waiting--;
        try {
            key.channel().close();
        } catch (IOException e) {
            failures.add(String.valueOf(e));
        }
    }

    /** What the clients were told, in the order of their ends. */
    public List<String> answers() {
        return answers;
    }

    /** Why clients were refused or cut off. */
    public List<String> failures() {
        return failures;
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
