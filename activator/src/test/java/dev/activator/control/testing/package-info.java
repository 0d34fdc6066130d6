/** A super-server made up for tests: real control socket, real HTTP, invented units. */
@NullMarked
package dev.activator.control.testing;

import org.jspecify.annotations.NullMarked;
