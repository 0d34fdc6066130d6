/**
 * Java services that the scenarios start: each a {@code main} that takes its socket from
 * {@link System#inheritedChannel()} and uses nothing but the JDK.
 */
@NullMarked
package dev.activator.it.services;

import org.jspecify.annotations.NullMarked;
