package dev.activator.server;

import dev.activator.listener.Accepted;
import dev.activator.listener.Listener;
import java.time.Instant;

/** What a socket unit wakes; the one way in which {@link SocketActivation} speaks to the services. */
interface Wakeable {
    /**
     * Starts the service of an {@code Accept=no} unit.
     *
     * @param cause what woke it, for people
     * @param readableAt when the loop saw the connection, in its nanoseconds
     * @return false where no such service is loaded
     */
    boolean wake(SocketActivation socket, String cause, long readableAt);

    /**
     * Starts an instance for one accepted connection, which it owns from here on.
     *
     * @return false where no such template is loaded; the connection is closed then
     */
    boolean serve(SocketActivation socket, Listener listener, Accepted.Connection connection, long readableAt);

    /** Whether one more connection of a unit that passes them may be accepted. */
    boolean hasRoom(SocketActivation socket);

    /** The socket is stopped: its connections that no worker has taken are closed. */
    void drop(SocketActivation socket);

    /** Lets a service run at once that stands still, before anything else is done for whom it is woken. {@link #wake} must follow. */
    void stir();

    /** Whether the service of an {@code Accept=no} unit is starting, up or going down, so that the backlog is its own. */
    boolean isOccupied();

    /** The socket has changed its state. */
    default void onSocketState(SocketActivation socket, SocketState from, SocketState to) {}

    /** Whether an operator has ordered that clients wait and nothing is woken. */
    boolean isHeld();

    /** The wall clock, for what people read. */
    Instant now();
}
