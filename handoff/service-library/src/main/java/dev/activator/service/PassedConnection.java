package dev.activator.service;

import dev.activator.service.protocol.PassedSocketText;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A connection that the super-server has accepted and this process has taken. Nothing was read from it. It is this process's alone, and
 * who uses it closes it: as a channel, or by its number. Any thread, one at a time.
 */
public final class PassedConnection {
    private final HandoffSocket from;
    private final long order;
    private final int number;
    private final PassedSocketText text;
    private final @Nullable SocketAddress peer;
    private boolean hasEnded;

    PassedConnection(HandoffSocket from, long order, int number, PassedSocketText text, @Nullable SocketAddress peer) {
        this.from = from;
        this.order = order;
        this.number = number;
        this.text = text;
        this.peer = peer;
    }

    /** The descriptor's number, for a library that takes it over; {@code new EpollSocketChannel(number)} does. */
    public int number() {
        return number;
    }

    /** The socket unit that it came in at, {@code web.socket}. */
    public String unit() {
        return text.unit();
    }

    /** The listener's name, as in LISTEN_FDNAMES. */
    public String listener() {
        return text.listener();
    }

    /** Where the client came in, {@code 127.0.0.1:80}. */
    public String local() {
        return text.local();
    }

    /**
     * The client's own address, of IPv4 as it was when it connected; null where it has another and is gone already. A Unix client mostly
     * has none, which is an empty path.
     */
    public @Nullable SocketAddress peer() {
        return peer;
    }

    /**
     * The connection as a channel, blocking, which the caller closes.
     *
     * @throws IOException where the client is gone, or where the JDK does not let us: the message says which option it wants. The
     *     connection is closed then
     */
    public SocketChannel channel() throws IOException {
        try {
            if (peer == null) {
                throw new IOException("the client of " + text.unit() + " is gone");
            }
            return JdkChannels.connected(number, peer);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** Closes it, for one who has made no channel of it, and reports its end. */
    public void close() {
        from.close(number);
        ended();
    }

    /** Reports that it is over, so that this process counts as less busy; once. Who never does counts as busy with it until it ends. */
    public synchronized void ended() {
        if (!hasEnded) {
            hasEnded = true;
            from.ended(order);
        }
    }

    @Override
    public String toString() {
        return "connection " + number + " of " + text.unit() + " from "
                + (peer == null ? "?" : SocketAddresses.text(peer));
    }
}
