package dev.activator.server;

import dev.activator.listener.Use;

/**
 * What one look at a running service saw.
 *
 * @param use of its sockets, since the look before
 * @param processors how many processors its processes kept busy since the look before, 0.5 for half of one; negative: not looked at
 */
record Observation(Use use, double processors) {}
