package dev.activator.server;

import dev.activator.listener.Accepted;
import dev.activator.service.protocol.PassedSocketText;

/**
 * An accepted connection on its way to a worker, ours until that has taken it.
 *
 * @param socket the unit that it came in at
 * @param isCounted whether it counts for MaxConnections= and the like until it ends, not only until it is taken
 * @param since since when it waits, in the loop's nanoseconds
 */
record PassedOn(
        SocketActivation socket, Accepted.Connection connection, PassedSocketText text, boolean isCounted, long since) {

    /** The same at another time: since when it is under way. */
    PassedOn at(long now) {
        return new PassedOn(socket, connection, text, isCounted, now);
    }

    /** Nobody needs our copy any more. */
    void release() {
        connection.fd().close();
    }

    /** It no longer counts. */
    void forget() {
        socket.connectionEnded(connection.peer().sourceKey());
    }

    /** It is given up: the client sees it closed. */
    void drop() {
        release();
        forget();
    }
}
