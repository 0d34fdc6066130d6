package dev.activator.control;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What all services together did not use, and what the super-server used instead.
 *
 * @param since the report's begin; nothing before the first record counts
 * @param until its end
 * @param units sorted by what they spared, most first
 * @param own the super-server's own use
 * @param memoryByteSeconds the sum of what is known of the units
 * @param cpuNanos the same
 * @param switches the same
 * @param notes what is unknown, and why
 */
public record SavingsReport(
        Instant since,
        Instant until,
        List<UnitSavings> units,
        OwnUse own,
        double memoryByteSeconds,
        double cpuNanos,
        double switches,
        List<String> notes) {
    public SavingsReport {
        units = List.copyOf(units);
        notes = List.copyOf(notes);
    }

    /** The sum less the super-server's own memory; null where that is unknown. Negative where it costs more than it spares. */
    public @Nullable Double netMemoryByteSeconds() {
        Double used = own.memoryByteSeconds();
        return used == null ? null : memoryByteSeconds - used;
    }

    /** The same of processor time. */
    public @Nullable Double netCpuNanos() {
        Double used = own.cpuNanos();
        return used == null ? null : cpuNanos - used;
    }

    /** The same of context switches. */
    public @Nullable Double netSwitches() {
        Double used = own.switches();
        return used == null ? null : switches - used;
    }
}
