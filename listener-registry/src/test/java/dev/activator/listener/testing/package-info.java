/** Fixtures for tests of every module that touches the loop or the kernel; published as this module's test-jar. */
@NullMarked
package dev.activator.listener.testing;

import org.jspecify.annotations.NullMarked;
