/** Tests of the kernel's socket side, with real sockets on the loopback and in temporary directories. */
@NullMarked
package dev.activator.listener;

import org.jspecify.annotations.NullMarked;
