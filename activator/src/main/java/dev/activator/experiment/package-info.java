/**
 * The controlled experiment: the same units always on and lazily, one after the other, under the same clients; and what it shares with the
 * guided tour. Knows the super-server only through the command line and the control API, and /proc.
 */
@NullMarked
package dev.activator.experiment;

import org.jspecify.annotations.NullMarked;
