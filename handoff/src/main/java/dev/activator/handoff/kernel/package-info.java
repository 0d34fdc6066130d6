/**
 * The edge to the kernel on the process side: posix_spawn, pidfds, waiting, signals, and datagrams that carry credentials and
 * descriptors. Calls are as thin as in C and keep no state but scratch memory; only for the loop's thread unless said otherwise.
 */
@NullMarked
package dev.activator.handoff.kernel;

import org.jspecify.annotations.NullMarked;
