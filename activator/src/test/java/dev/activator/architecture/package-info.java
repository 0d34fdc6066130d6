/** Rules that hold for all modules. */
@NullMarked
package dev.activator.architecture;

import org.jspecify.annotations.NullMarked;
