package dev.activator.server;

import dev.activator.listener.BorrowedFd;

/**
 * The handoff socket that a main process gets.
 *
 * @param isReported whether it is asked to report the ends of its connections, since something depends on them
 */
record HandoffEnd(BorrowedFd fd, boolean isReported) {}
