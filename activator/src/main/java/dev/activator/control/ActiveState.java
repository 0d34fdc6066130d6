package dev.activator.control;

import java.util.Locale;

/** The state of a unit in the six words that all types of unit share. systemctl(1). */
public enum ActiveState {
    ACTIVE,
    RELOADING,
    INACTIVE,
    FAILED,
    ACTIVATING,
    DEACTIVATING;

    /** As printed: {@code activating}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether {@code is-active} says yes. */
    public boolean isActive() {
        return this == ACTIVE || this == RELOADING;
    }
}
