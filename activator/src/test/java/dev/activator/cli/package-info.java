@NullMarked
package dev.activator.cli;

import org.jspecify.annotations.NullMarked;
