/**
 * The command line: systemctl's verbs, words, columns and exit codes over the control API, and the checks that need no super-server.
 * One short-lived thread; reads through {@link dev.activator.cli.ControlClient} and {@code dev.activator.config}, writes to one terminal.
 */
@NullMarked
package dev.activator.cli;

import org.jspecify.annotations.NullMarked;
