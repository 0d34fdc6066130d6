@NullMarked
package dev.activator.control;

import org.jspecify.annotations.NullMarked;
