/** Scenarios of the two machines on a loop and a clock that the test owns, with real sockets and a launcher that only records. */
@NullMarked
package dev.activator.server;

import org.jspecify.annotations.NullMarked;
