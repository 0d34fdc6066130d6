/** Java services that receive their sockets from a super-server, one class each; the README beside this module says how to run them. */
@NullMarked
package dev.activator.examples;

import org.jspecify.annotations.NullMarked;
