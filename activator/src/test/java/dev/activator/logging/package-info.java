/** Tests of where the log goes. */
@NullMarked
package dev.activator.logging;

import org.jspecify.annotations.NullMarked;
