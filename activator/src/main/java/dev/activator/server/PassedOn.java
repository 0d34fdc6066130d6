package dev.activator.server;

import dev.activator.listener.Accepted;
import dev.activator.listener.OwnedFd;
import dev.activator.service.protocol.PassedSocketText;

/**
 * An accepted connection on its way to a worker.
 *
 * @param socket the unit that it came in at
 * @param connection whose descriptor is ours until it is passed
 * @param isCounted whether it counts for MaxConnections= and the like until it ends, not only until it is passed
 * @param since when it was accepted or passed, in the loop's nanoseconds
 */
record PassedOn(
        SocketActivation socket, Accepted.Connection connection, PassedSocketText text, boolean isCounted, long since) {

    /** The same when it is passed, which is when our descriptor is closed. */
    PassedOn passed(long now) {
        connection.fd().close();
        return new PassedOn(socket, connection, text, isCounted, now);
    }

    /** The same when it comes back. */
    PassedOn back(OwnedFd fd) {
        Accepted.Connection again = new Accepted.Connection(
                fd, connection.peer(), connection.local(), connection.cookie(), connection.endpoints());
        return new PassedOn(socket, again, text, isCounted, since);
    }

    /** It no longer counts. */
    void forget() {
        socket.connectionEnded(connection.peer().sourceKey());
    }

    /** It is given up: the client sees it closed. */
    void drop() {
        connection.fd().close();
        forget();
    }
}
