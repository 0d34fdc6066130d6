package dev.activator.service;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One socket that this process was handed. It can be used once: as a channel of the JDK, in the place of a socket that a server has opened
 * by itself, or by its number with a library that takes one (Netty's epoll transport). Whoever uses it owns it. Any thread, one at a time.
 *
 * <p>A channel that is made here reads, writes, accepts and selects like any other. Only what it says of its own address is wrong:
 * {@link #address} tells that.
 */
public final class ListenFd {
    private static final InetSocketAddress ANY_LOOPBACK = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final SocketCalls calls = new SocketCalls();
    private final int number;
    private final String name;
    private @Nullable String used;

    ListenFd(int number, String name) {
        this.number = number;
        this.name = name;
    }

    /** Its name in LISTEN_FDNAMES. */
    public String name() {
        return name;
    }

    /** The descriptor's number, for a library that takes it over; {@code new EpollServerSocketChannel(number)} does. */
    public int number() {
        return number;
    }

    /**
     * Where it listens. An abstract Unix name begins with {@code @}, and one without a name is an empty path.
     *
     * @throws IOException where it is no socket, but a FIFO, say
     */
    public SocketAddress address() throws IOException {
        SocketAddress address = calls.localAddress(number);
        if (address == null) {
            throw new IOException(this + " is no socket");
        }
        return address;
    }

    /**
     * A listening stream socket as a channel, which the caller closes.
     *
     * @throws IOException where it is something else
     */
    public ServerSocketChannel serverSocketChannel() throws IOException {
        require(SocketCalls.SOCK_STREAM, true, "a listening stream socket");
        ServerSocketChannel channel = ServerSocketChannel.open(family());
        if (!isUnix()) {
            return moveInto(channel, channel.bind(ANY_LOOPBACK, 1).getLocalAddress());
        }
        Path directory = Files.createTempDirectory("listen");
        Path place = directory.resolve("s");
        try {
            return moveInto(
                    channel, channel.bind(UnixDomainSocketAddress.of(place), 1).getLocalAddress());
        } finally {
            Files.deleteIfExists(place);
            Files.deleteIfExists(directory);
        }
    }

    /**
     * A datagram socket over IP as a channel, which the caller closes.
     *
     * @throws IOException where it is something else; the JDK has no channel for datagrams over Unix sockets
     */
    public DatagramChannel datagramChannel() throws IOException {
        require(SocketCalls.SOCK_DGRAM, false, "a datagram socket");
        if (isUnix()) {
            throw new IOException(
                    this + " is a Unix datagram socket, for which the JDK has no channel; use its number");
        }
        DatagramChannel channel = DatagramChannel.open(family());
        return moveInto(channel, channel.bind(ANY_LOOPBACK).getLocalAddress());
    }

    /**
     * A connection, which {@code Accept=yes} hands over, as a channel that the caller closes.
     *
     * @throws IOException where it is something else, or where the JDK does not let us: the message says which option it wants
     */
    public SocketChannel socketChannel() throws IOException {
        require(SocketCalls.SOCK_STREAM, false, "a connection");
        SocketAddress peer = calls.peerAddress(number);
        if (peer == null) {
            throw new IOException(this + " is not connected");
        }
        use("a channel");
        return JdkChannels.connected(number, peer);
    }

    /**
     * Puts it where a server in this process has opened a socket by itself, for servers that take no channel: they bind to port 0 of the
     * loopback address, and this takes the place of that socket, whose number and object stay. To be called before the server accepts.
     *
     * @param own where the server listens now
     * @throws IOException where no socket of this process listens there
     */
    public void replace(SocketAddress own) throws IOException {
        require(SocketCalls.SOCK_STREAM, true, "a listening stream socket");
        moveTo(own);
    }

    private <C extends NetworkChannel> C moveInto(C channel, SocketAddress temporary) throws IOException {
        try {
            moveTo(temporary);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private void moveTo(SocketAddress temporary) throws IOException {
        int place = descriptorAt(temporary);
        use("the socket that was at " + SocketAddresses.text(temporary));
        calls.duplicate(number, place);
        if (number > 2) {
            calls.close(number);
        }
    }

    private int descriptorAt(SocketAddress address) throws IOException {
        for (int fd : SocketCalls.openDescriptors()) {
            if (fd != number && address.equals(calls.localAddress(fd)) && calls.peerAddress(fd) == null) {
                return fd;
            }
        }
        throw new IOException("no socket of this process is bound to " + SocketAddresses.text(address));
    }

    private void require(int type, boolean isListening, String what) throws IOException {
        boolean isRight = calls.option(number, SocketCalls.SO_TYPE) == type
                && calls.option(number, SocketCalls.SO_ACCEPTCONN) == (isListening ? 1 : 0);
        if (!isRight) {
            throw new IOException(this + " is not " + what);
        }
    }

    private void use(String as) {
        if (used != null) {
            throw new IllegalStateException(this + " has been used already, as " + used);
        }
        used = as;
    }

    private boolean isUnix() {
        return calls.option(number, SocketCalls.SO_DOMAIN) == SocketCalls.AF_UNIX;
    }

    private ProtocolFamily family() {
        return switch (calls.option(number, SocketCalls.SO_DOMAIN)) {
            case SocketCalls.AF_UNIX -> StandardProtocolFamily.UNIX;
            case SocketCalls.AF_INET -> StandardProtocolFamily.INET;
            default -> StandardProtocolFamily.INET6;
        };
    }

    @Override
    public String toString() {
        return "descriptor " + number + " (" + name + ")";
    }
}
