/**
 * The kernel's socket side: who owns which file descriptor, the loop and its watches, binding and accepting. All but
 * {@link dev.activator.listener.Loop#execute} belongs to the loop's thread. Never logs.
 */
@NullMarked
package dev.activator.listener;

import org.jspecify.annotations.NullMarked;
