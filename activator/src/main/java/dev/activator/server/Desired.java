package dev.activator.server;

/** What an instance should be, whatever it is now. */
enum Desired {
    UP,
    DOWN,
    /** Down first, then up again. */
    AGAIN
}
