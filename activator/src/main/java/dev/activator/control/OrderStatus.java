package dev.activator.control;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an operator has ordered of a unit, and still holds.
 *
 * @param word the verb that ordered it, {@code hold}
 * @param unit that it was ordered of: this one, or the service of this socket
 * @param reason the operator's own words; empty where none were given
 * @param by who it was
 * @param until when it ends by itself; null for never
 */
public record OrderStatus(
        String word,
        String unit,
        String reason,
        String by,
        Instant since,
        @Nullable Instant until) {}
