package dev.activator.server;

import dev.activator.config.ActivatorDirectives;
import dev.activator.config.ServiceUnit;
import dev.activator.config.UnitName;
import dev.activator.handoff.LogFiles;
import dev.activator.handoff.LogLimits;
import dev.activator.handoff.LogListener;
import dev.activator.handoff.OutputLog;
import dev.activator.handoff.OutputLogs;
import dev.activator.listener.Loop;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;

/**
 * The logs of all units, opened when the first process of a unit is launched. All instances of a template share one, so that a process
 * per connection does not cost a pipe per connection.
 */
final class UnitLogs implements AutoCloseable {
    private final Path directory;
    private final OutputLogs logs;
    private final Map<UnitName, OutputLog> open = new HashMap<>();

    UnitLogs(Loop loop, Path directory, LogListener listener) {
        this.directory = directory;
        this.logs = new OutputLogs(loop, directory, Clock.system(ZoneId.systemDefault()), listener);
    }

    OutputLog of(ServiceUnit unit) {
        UnitName name = unit.name().template();
        OutputLog present = open.get(name);
        if (present != null) {
            return present;
        }
        OutputLog opened = logs.open(name.toString(), limits(unit));
        open.put(name, opened);
        return opened;
    }

    private static LogLimits limits(ServiceUnit unit) {
        return new LogLimits(unit.get(ActivatorDirectives.LOG_MAX_SIZE), unit.get(ActivatorDirectives.LOG_FILES));
    }

    /** Where a unit's output goes, or would go. */
    Path file(UnitName unit) {
        return LogFiles.current(directory, unit.template().toString());
    }

    /** Closes the log of a unit that has no process any more; the next one opens it again. */
    void close(UnitName unit) {
        OutputLog log = open.remove(unit.template());
        if (log != null) {
            log.close();
        }
    }

    @Override
    public void close() {
        open.values().forEach(OutputLog::close);
        open.clear();
        logs.close();
    }
}
