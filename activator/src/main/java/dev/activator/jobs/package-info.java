/** What a start or stop of one unit means for the others, and in which order it is done. Knows no machines. systemd.unit(5). */
@NullMarked
package dev.activator.jobs;

import org.jspecify.annotations.NullMarked;
