package dev.activator.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code measure} was asked for.
 *
 * @param unitDirectories where to read units, at least one, first wins; absolute
 * @param sockets full names or patterns of the sockets that take part; empty for all
 * @param duration of each of the two runs; null for a minute, or for as long as the trace is
 * @param arrivals {@code poisson:RATE} or {@code trace:FILE}, as it was typed
 * @param seed of the random arrivals
 * @param idleTimeout in place of the units' own {@code IdleTimeoutSec=}; null to leave them
 * @param request what a client sends, escapes resolved
 * @param report path of the report without {@code .html} and {@code .json}
 * @param json whether to print the figures as JSON instead of a table
 * @param allowUnsupportedHardening as for {@code run}
 */
public record MeasureOptions(
        List<Path> unitDirectories,
        List<String> sockets,
        @Nullable Duration duration,
        String arrivals,
        long seed,
        @Nullable Duration idleTimeout,
        String request,
        Path report,
        boolean json,
        boolean allowUnsupportedHardening) {
    public MeasureOptions {
        unitDirectories = List.copyOf(unitDirectories);
        sockets = List.copyOf(sockets);
    }
}
