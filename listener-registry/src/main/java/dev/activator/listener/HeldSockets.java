package dev.activator.listener;

import java.util.function.Consumer;

/** The sockets that the processes of one service have open. */
@FunctionalInterface
public interface HeldSockets {
    /** Nobody can say. */
    HeldSockets UNKNOWN = visitor -> false;

    /**
     * Shows each socket once, lent for the length of the call.
     *
     * @return false where not all of them could be looked at, or it would cost more than to ask the kernel for all of the host's
     */
    boolean visit(Consumer<BorrowedFd> visitor);
}
