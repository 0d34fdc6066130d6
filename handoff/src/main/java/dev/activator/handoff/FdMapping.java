package dev.activator.handoff;

import dev.activator.listener.BorrowedFd;

/**
 * One descriptor that a child gets.
 *
 * @param target its number in the child; 0 to 2 are the standard streams, 3 and up the passed descriptors
 * @param fd what it is a copy of; must stay open until the launch returns
 * @param blocking what happens to O_NONBLOCK, which the copy shares with every other copy of the same open file
 */
public record FdMapping(int target, BorrowedFd fd, Blocking blocking) {
    public FdMapping {
        if (target < 0) {
            throw new IllegalArgumentException(fd + " is mapped to " + target);
        }
    }

    /** What is done to O_NONBLOCK just before the spawn. */
    public enum Blocking {
        /** Cleared: what a service expects unless it asked for NonBlocking=yes. */
        BLOCKING,
        /** Set: NonBlocking=yes. */
        NONBLOCKING,
        /** Left as it is: files, pipes and descriptors whose mode is nobody's business here. */
        AS_IS
    }
}
