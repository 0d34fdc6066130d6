@NullMarked
package dev.activator.handoff.kernel;

import org.jspecify.annotations.NullMarked;
