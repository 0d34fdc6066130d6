package dev.activator.service;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A passed connection as a {@link HandoffListener} accepts it: a channel of the JDK that says when it is closed. */
final class PassedChannel extends SocketChannel {
    private final PassedConnection connection;
    private final SocketChannel jdk;
    private @Nullable SelectionKey registration;

    PassedChannel(SelectorProvider provider, PassedConnection connection) throws IOException {
        super(provider);
        this.connection = connection;
        this.jdk = connection.channel();
    }

    /** The channel that the JDK's selectors know. */
    SocketChannel jdk() {
        return jdk;
    }

    /** It is registered with a selector of the JDK by this key. */
    void registered(SelectionKey key) {
        registration = key;
    }

    @Override
    public SocketChannel bind(@Nullable SocketAddress local) throws IOException {
        jdk.bind(local);
        return this;
    }

    @Override
    public <T> SocketChannel setOption(SocketOption<T> name, T value) throws IOException {
        jdk.setOption(name, value);
        return this;
    }

    @Override
    public <T> T getOption(SocketOption<T> name) throws IOException {
        return jdk.getOption(name);
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return jdk.supportedOptions();
    }

    @Override
    public SocketChannel shutdownInput() throws IOException {
        jdk.shutdownInput();
        return this;
    }

    @Override
    public SocketChannel shutdownOutput() throws IOException {
        jdk.shutdownOutput();
        return this;
    }

    @Override
    public Socket socket() {
        return jdk.socket();
    }

    @Override
    public boolean isConnected() {
        return jdk.isConnected();
    }

    @Override
    public boolean isConnectionPending() {
        return false;
    }

    @Override
    public boolean connect(SocketAddress remote) throws IOException {
        return jdk.connect(remote);
    }

    @Override
    public boolean finishConnect() {
        return true;
    }

    @Override
    public SocketAddress getRemoteAddress() throws IOException {
        return jdk.getRemoteAddress();
    }

    @Override
    public SocketAddress getLocalAddress() throws IOException {
        return jdk.getLocalAddress();
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return jdk.read(into);
    }

    @Override
    public long read(ByteBuffer[] into, int offset, int length) throws IOException {
        return jdk.read(into, offset, length);
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        return jdk.write(from);
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) throws IOException {
        return jdk.write(from, offset, length);
    }

    @Override
    protected void implCloseSelectableChannel() throws IOException {
        jdk.close();
        connection.ended();
    }

    @Override
    protected void implConfigureBlocking(boolean block) throws IOException {
        if (block && registration != null) {
            registration.cancel();
        }
        jdk.configureBlocking(block);
    }
}
