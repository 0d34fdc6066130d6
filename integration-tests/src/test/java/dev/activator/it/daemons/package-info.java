/** Real daemons from Debian's packages, each woken by its own real client. */
@NullMarked
package dev.activator.it.daemons;

import org.jspecify.annotations.NullMarked;
