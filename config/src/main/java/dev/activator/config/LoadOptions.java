package dev.activator.config;

import org.jspecify.annotations.Nullable;

/**
 * How units are loaded.
 *
 * @param allowUnsupportedHardening whether every unit is treated as if it had {@code AllowUnsupportedHardening=yes}
 */
public record LoadOptions(boolean allowUnsupportedHardening) {
    public static final LoadOptions DEFAULT = new LoadOptions(false);

    // Written out: what a record has by itself is put together when it is first needed, while somebody waits.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LoadOptions that && allowUnsupportedHardening == that.allowUnsupportedHardening;
    }

    @Override
    public int hashCode() {
        return Boolean.hashCode(allowUnsupportedHardening);
    }
}
