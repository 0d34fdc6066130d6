/**
 * What services take while they run and what was spared while they slept: reads /proc and cgroups, keeps what it saw in bounded files
 * below the state directory, and reckons from those. One background thread that exists only while there is something to do; never the
 * loop's. Depends on the records of the control API and on nothing else of ours.
 */
@NullMarked
package dev.activator.accounting;

import org.jspecify.annotations.NullMarked;
