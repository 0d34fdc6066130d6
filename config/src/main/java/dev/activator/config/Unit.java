package dev.activator.config;

import java.nio.file.Path;
import java.util.List;

/** One loaded unit: what its file and drop-ins declare. Immutable; equal if name and assigned values are. */
public sealed interface Unit permits SocketUnit, ServiceUnit, TargetUnit {
    UnitName name();

    /** The values its files assign. */
    Settings settings();

    /** The files it was read from: the unit file, then its drop-ins in the order in which they count. */
    List<Path> sources();

    /**
     * Security directives that cannot be applied; while there is one the unit must not start. Empty where the user allowed it with
     * {@code AllowUnsupportedHardening=}, the catalog's problems then have them as warnings.
     */
    List<Problem> refusals();

    /** The assigned value, else the default. */
    default <T> T get(Directive<T> directive) {
        return settings().get(directive);
    }

    /** Whether a file assigns it, be it the default. */
    default boolean isSet(Directive<?> directive) {
        return settings().isSet(directive);
    }

    /** {@code Description=}, else the unit's name. */
    default String description() {
        String text = get(UnitDirectives.DESCRIPTION);
        return text.isEmpty() ? name().toString() : text;
    }
}
