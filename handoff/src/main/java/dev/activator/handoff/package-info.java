/**
 * The kernel's process side: launch plans, spawning, exits, and the protocols by which a process is handed its sockets. Belongs to
 * the loop's thread. Never logs.
 */
@NullMarked
package dev.activator.handoff;

import org.jspecify.annotations.NullMarked;
