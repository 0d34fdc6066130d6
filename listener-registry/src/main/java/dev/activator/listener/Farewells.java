package dev.activator.listener;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Ends accepted connections politely: what is said reaches the client although it has sent something that nobody read. A client that is slow
 * costs a bounded time, and a bounded number of them is waited for: one more ends the oldest. For the loop's thread.
 */
public final class Farewells {
    /** Descriptors that goodbyes may hold at a time. */
    static final int MOST = 256;

    private static final byte[] LINGER_ZERO = LingerLayout.of(true, 0);

    private final Kernel kernel;
    private final Loop loop;
    private final Set<Farewell> open = new LinkedHashSet<>();

    public Farewells(Kernel kernel, Loop loop) {
        this.kernel = kernel;
        this.loop = loop;
    }

    /** Resets the connection: its client gets ECONNRESET at once. Owns the descriptor on every path. */
    public void reset(OwnedFd connection) {
        try (OwnedFd mine = connection.move()) {
            kernel.set(mine.lend(), SocketOption.SO_LINGER, LINGER_ZERO);
        } catch (SystemCallException gone) {
            // A Unix socket, or a client that is gone: closing is all there is.
        }
    }

    /** Sends the text, then ends the connection. Owns the descriptor on every path. */
    public void answer(OwnedFd connection, byte[] text) {
        if (open.size() >= MOST) {
            Iterator<Farewell> oldest = open.iterator();
            oldest.next().close();
        }
        Farewell farewell = new Farewell(kernel, loop, connection.move(), text, open::remove);
        open.add(farewell);
        farewell.begin();
    }

    /** Sends the text, which must fit into the buffer of a new connection; false where it did not or the client is gone. */
    public boolean greet(BorrowedFd connection, byte[] text) {
        return kernel.send(connection, text, 0) == text.length;
    }

    /** How many are still being said. */
    public int count() {
        return open.size();
    }

    /** Ends all at once. */
    public void close() {
        Set.copyOf(open).forEach(Farewell::close);
    }
}
