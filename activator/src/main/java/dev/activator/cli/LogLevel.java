package dev.activator.cli;

import org.slf4j.event.Level;

/** How much the super-server tells; spelled as it is typed. */
enum LogLevel {
    error(Level.ERROR),
    warn(Level.WARN),
    info(Level.INFO),
    debug(Level.DEBUG),
    trace(Level.TRACE);

    private final Level level;

    LogLevel(Level level) {
        this.level = level;
    }

    Level level() {
        return level;
    }
}
