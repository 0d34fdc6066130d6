package dev.activator.config;

/**
 * Where a process starts.
 *
 * @param path absolute path, or {@code ~} for the home directory of {@code User=}
 * @param optional prefix {@code -}: no error where it is missing
 */
public record WorkingDirectory(String path, boolean optional) {
    /** Whether it is the user's home directory. */
    public boolean isHome() {
        return path.equals("~");
    }

    @Override
    public String toString() {
        return optional ? "-" + path : path;
    }
}
