package dev.activator.config;

/** A value that is one of a few words. */
public interface Word {
    /** As it is written in a unit file. */
    String word();
}
