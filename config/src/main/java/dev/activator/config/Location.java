package dev.activator.config;

import java.nio.file.Path;

/** Where in a unit file something stands; line and column count from 1, 0 means the file as a whole. */
public record Location(Path file, int line, int column) {
    @Override
    public String toString() {
        return line == 0 ? file.toString() : file + ":" + line + ":" + column;
    }
}
