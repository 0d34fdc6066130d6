@NullMarked
package dev.activator.jobs;

import org.jspecify.annotations.NullMarked;
