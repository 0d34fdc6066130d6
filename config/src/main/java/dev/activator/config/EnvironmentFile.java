package dev.activator.config;

/**
 * A file with variables, read each time before the service starts; {@link EnvironmentFiles} reads its text.
 *
 * @param path absolute, may have wildcards
 * @param optional prefix {@code -}: no error where it is missing
 */
public record EnvironmentFile(String path, boolean optional) {
    @Override
    public String toString() {
        return optional ? "-" + path : path;
    }
}
