package dev.activator.control;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a unit's machine stands.
 *
 * @param sub the machine's own word, {@code listening}, {@code running}
 * @param result {@code success}, or why the last run ended: {@code exit-code}, {@code trigger-limit-hit}
 * @param since when {@code active} took its present value; null if it has never changed
 * @param reason one sentence on what went wrong or what is being waited for; null if there is nothing to explain
 * @param retryAt when the machine tries again by itself (back-off, pause, bind retry); null if it does not
 * @param order what an operator has ordered of it and still holds; null for nothing
 */
public record UnitState(
        ActiveState active,
        String sub,
        String result,
        @Nullable Instant since,
        @Nullable String reason,
        @Nullable Instant retryAt,
        @Nullable OrderStatus order) {

    /** One of which nothing is ordered. */
    public UnitState(
            ActiveState active,
            String sub,
            String result,
            @Nullable Instant since,
            @Nullable String reason,
            @Nullable Instant retryAt) {
        this(active, sub, result, since, reason, retryAt, null);
    }
}
