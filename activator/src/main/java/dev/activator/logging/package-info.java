/**
 * Where the log goes: standard error, a file, syslog or the systemd journal, behind slf4j. One line an event; no thread, no configuration
 * file, and nothing that an idle process pays for. Any thread may log.
 */
@NullMarked
package dev.activator.logging;

import org.jspecify.annotations.NullMarked;
