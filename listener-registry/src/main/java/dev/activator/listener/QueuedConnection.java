package dev.activator.listener;

/**
 * A TCP connection in an accept queue, which no process has yet.
 *
 * @param cookie the kernel's number of it, never reused
 * @param isOver whether the client has shut it down
 * @param bytes that wait to be read
 */
record QueuedConnection(long cookie, boolean isOver, int bytes) {}
