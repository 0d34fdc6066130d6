package dev.activator.server;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the sockets of an instance come from: its listeners, or the one connection that it serves. */
interface SocketSource {
    /** The sockets for the main process, in the order of LISTEN_FDS; they stay open while the launch lasts. */
    List<PassedSocket> sockets();

    /** The handoff socket of a main process that connections are passed to while it runs; null where none are. For one launch. */
    @Nullable
    HandoffEnd handoff();

    /** A process has them now: our copy of a connection is closed, a listener stays. */
    void handedOver();

    /** The run is over, whether it was launched or not; idempotent. */
    void abandoned();
}
