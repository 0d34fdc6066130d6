/**
 * The kernel's process side. A {@link dev.activator.handoff.LaunchPlan} says what a process is to be, a
 * {@link dev.activator.handoff.Launcher} makes it, a {@link dev.activator.handoff.ChildProcess} tells its end, a
 * {@link dev.activator.handoff.ProcessTree} holds all that it forks; and the protocols between a service and its manager,
 * LISTEN_FDS, inetd's streams and sd_notify, are each written and read in one place. Belongs to the loop's thread but
 * where a type says otherwise. Never logs. May depend on config and the listener registry.
 */
@NullMarked
package dev.activator.handoff;

import org.jspecify.annotations.NullMarked;
