@NullMarked
package dev.activator.handoff;

import org.jspecify.annotations.NullMarked;
