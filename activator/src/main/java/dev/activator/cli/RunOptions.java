package dev.activator.cli;

import dev.activator.control.PageAddress;
import dev.activator.logging.LogTarget;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * What {@code run} was asked for.
 *
 * @param unitDirectories where to read units, at least one, first wins
 * @param runtime directory of the control socket; may not exist yet
 * @param state directory of what outlives a restart: logs, and what was enabled, disabled or masked; may not exist yet
 * @param readyFd descriptor to write a line to and close when all listeners are bound; -1 for none
 * @param page where to serve the page to look at; null for nowhere
 * @param allowUnsupportedHardening start units although a security directive of theirs cannot be applied
 * @param log where to log to
 * @param logLevel what of our own events is logged
 */
public record RunOptions(
        List<Path> unitDirectories,
        Path runtime,
        Path state,
        int readyFd,
        boolean allowUnsupportedHardening,
        @Nullable PageAddress page,
        LogTarget log,
        Level logLevel) {
    public RunOptions {
        unitDirectories = List.copyOf(unitDirectories);
    }
}
