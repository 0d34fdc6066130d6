package dev.activator.server;

import java.util.List;

/** Where the sockets of an instance come from: its listeners, or the one connection that it serves. */
interface SocketSource {
    /** The sockets for the main process, in the order of LISTEN_FDS; they stay open while the launch lasts. */
    List<PassedSocket> sockets();

    /** A process has them now: our copy of a connection is closed, a listener stays. */
    void handedOver();

    /** The run is over, whether it was launched or not; idempotent. */
    void abandoned();

    /** A service without any socket. */
    SocketSource NONE = new ListenerSource(List::of);
}
