package dev.activator.control;

/**
 * One phase of an activation.
 *
 * @param name {@code decide plan spawn exec ready}, say
 * @param micros how long it took, in microseconds
 */
public record WakePhase(String name, long micros) {}
