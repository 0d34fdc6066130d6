package dev.activator.service;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Passed connections as a listener, for servers that know nothing but listeners and open theirs by themselves, such as the JDK's HTTP
 * server:
 *
 * <pre>{@code
 * HandoffListener listener = HandoffListener.of(HandoffSocket.require());
 * HttpServer server = listener.opening(() -> HttpServer.create(new InetSocketAddress(0), 0));
 * }</pre>
 *
 * <p>What is bound while {@link #opening} lasts, on the same thread, is this instead, and a selector that is opened meanwhile knows it.
 * This takes a SelectorProvider of its own for the whole JVM, whose channels are the JDK's in all other cases, and the JVM's option
 * {@code --add-opens=java.base/sun.nio.ch=ALL-UNNAMED}.
 */
public final class HandoffListener {
    private final HandoffSocket handoff;

    private HandoffListener(HandoffSocket handoff) {
        this.handoff = handoff;
    }

    /**
     * To be called before any channel or selector of the JDK is opened, which for {@code main} is easily done.
     *
     * @throws IOException where it is too late, or where the JVM lacks the option
     */
    public static HandoffListener of(HandoffSocket handoff) throws IOException {
        HandoffSelectorProvider.install();
        handoff.waitsElsewhere();
        return new HandoffListener(handoff);
    }

    /** Something that opens a server. */
    public interface Opening<T> {
        T open() throws IOException;
    }

    /** Runs it, and has what it opens on this thread accept passed connections. */
    public <T> T opening(Opening<T> server) throws IOException {
        HandoffSelectorProvider.OPENING.set(this);
        try {
            return server.open();
        } finally {
            HandoffSelectorProvider.OPENING.remove();
        }
    }

    ServerSocketChannel channel(SelectorProvider provider) {
        return new Channel(provider, handoff);
    }

    /** As a listener it is bound from the beginning, wherever it is bound to. */
    static final class Channel extends ServerSocketChannel {
        private final HandoffSocket handoff;
        private final SelectorProvider provider;
        private @Nullable SocketChannel signal;
        private @Nullable SocketAddress address;

        Channel(SelectorProvider provider, HandoffSocket handoff) {
            super(provider);
            this.provider = provider;
            this.handoff = handoff;
        }

        /** What is readable when a connection can be accepted. */
        SelectableChannel signal() throws IOException {
            SocketChannel present = signal;
            if (present == null) {
                SocketCalls calls = new SocketCalls();
                present = JdkChannels.connected(calls.copy(handoff.number()), UnixDomainSocketAddress.of(""));
                signal = present;
            }
            return present;
        }

        @Override
        public @Nullable SocketChannel accept() throws IOException {
            PassedConnection connection = handoff.receive();
            if (connection != null) {
                return new PassedChannel(provider, connection);
            }
            if (handoff.hasEnded() && signal != null) {
                signal.close(); // it would be readable for ever
            }
            return null;
        }

        @Override
        public ServerSocketChannel bind(@Nullable SocketAddress local, int backlog) {
            address = local;
            return this;
        }

        @Override
        public @Nullable SocketAddress getLocalAddress() {
            return address;
        }

        @Override
        public <T> ServerSocketChannel setOption(SocketOption<T> name, T value) {
            return this;
        }

        @Override
        public <T> T getOption(SocketOption<T> name) {
            throw new UnsupportedOperationException(
                    "the listener is the super-server's: set " + name + " in its socket unit");
        }

        @Override
        public Set<SocketOption<?>> supportedOptions() {
            return Set.of();
        }

        @Override
        public ServerSocket socket() {
            try {
                return new Adaptor(this);
            } catch (IOException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        @Override
        protected void implCloseSelectableChannel() throws IOException {
            if (signal != null) {
                signal.close();
            }
            handoff.close();
        }

        @Override
        protected void implConfigureBlocking(boolean block) throws IOException {
            signal().configureBlocking(block);
        }
    }

    /** The part of a ServerSocket that a server needs which accepts from the channel. */
    private static final class Adaptor extends ServerSocket {
        private final Channel channel;

        Adaptor(Channel channel) throws IOException {
            this.channel = channel;
        }

        @Override
        public void bind(SocketAddress local) {
            channel.bind(local, 0);
        }

        @Override
        public void bind(SocketAddress local, int backlog) {
            channel.bind(local, backlog);
        }

        @Override
        public boolean isBound() {
            return true;
        }

        @Override
        public @Nullable SocketAddress getLocalSocketAddress() {
            return channel.getLocalAddress();
        }

        @Override
        public ServerSocketChannel getChannel() {
            return channel;
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
