package dev.activator.server;

import dev.activator.listener.ListenerRegistry;
import java.util.function.Supplier;

/**
 * What all activations of a super-server share.
 *
 * @param commands makes what runs the commands of one socket unit
 */
record SocketParts(
        Surroundings surroundings, Reception reception, ListenerRegistry registry, Supplier<SocketCommands> commands) {}
