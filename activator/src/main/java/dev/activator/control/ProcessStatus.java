package dev.activator.control;

/** One process of a service's tree; the command line's arguments are joined by blanks. */
public record ProcessStatus(int pid, String commandLine) {}
