/**
 * The texts that a super-server and a service exchange, encoded and decoded in this one place, for both sides. Pure: no descriptor, no
 * system call.
 */
@NullMarked
package dev.activator.service.protocol;

import org.jspecify.annotations.NullMarked;
