/** Fixtures for the modules above: launches without processes. */
@NullMarked
package dev.activator.handoff.testing;

import org.jspecify.annotations.NullMarked;
