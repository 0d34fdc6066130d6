/**
 * Declares units: text in, immutable units and located problems out. Pure: no socket, no process, no clock; the only I/O is
 * reading the unit files themselves. May depend on the JDK and Jackson only.
 */
@NullMarked
package dev.activator.config;

import org.jspecify.annotations.NullMarked;
