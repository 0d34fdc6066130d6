package dev.activator.listener;

/**
 * What epoll reported of a descriptor; at least one is true.
 *
 * @param readable a connection, data or an exit waits (EPOLLIN)
 * @param hangup EPOLLHUP: on a listening socket, somebody called {@code shutdown()} on it; on a FIFO or pipe, the last writer left
 * @param error EPOLLERR: the socket has a pending error
 */
public record Readiness(boolean readable, boolean hangup, boolean error) {}
