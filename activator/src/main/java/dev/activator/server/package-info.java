/**
 * The deciding part: the two state machines, limits and back-off, the launch planner, reload, and the wiring of the whole process. All
 * mutable state belongs to the loop's thread; snapshots leave it as immutable records.
 */
@NullMarked
package dev.activator.server;

import org.jspecify.annotations.NullMarked;
