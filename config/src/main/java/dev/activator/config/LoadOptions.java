package dev.activator.config;

/**
 * How units are loaded.
 *
 * @param allowUnsupportedHardening whether every unit is treated as if it had {@code AllowUnsupportedHardening=yes}
 */
public record LoadOptions(boolean allowUnsupportedHardening) {
    public static final LoadOptions DEFAULT = new LoadOptions(false);
}
