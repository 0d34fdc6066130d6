/**
 * The rig of the black-box tests: starts the launcher over a scenario of unit files, waits for its events, talks to its
 * command line and watches, through {@code /proc}, that nothing is left behind. Knows no class of the super-server.
 */
@NullMarked
package dev.activator.it.rig;

import org.jspecify.annotations.NullMarked;
