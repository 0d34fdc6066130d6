@NullMarked
package dev.activator.metrics;

import org.jspecify.annotations.NullMarked;
