package dev.activator.logging;

import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** A logger of slf4j that hands everything to {@link Logging}. */
final class EventLogger extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1;

    private final boolean isOurs;

    EventLogger(String name) {
        this.name = name;
        this.isOurs = name.equals("activator") || name.startsWith("dev.activator.");
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
        return null;
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level,
            @Nullable Marker marker,
            String pattern,
            Object @Nullable [] arguments,
            @Nullable Throwable failure) {
        Logging.write(level, MessageFormatter.basicArrayFormat(pattern, arguments), failure);
    }

    @Override
    public boolean isTraceEnabled() {
        return Logging.isEnabled(isOurs, Level.TRACE);
    }

    @Override
    public boolean isDebugEnabled() {
        return Logging.isEnabled(isOurs, Level.DEBUG);
    }

    @Override
    public boolean isInfoEnabled() {
        return Logging.isEnabled(isOurs, Level.INFO);
    }

    @Override
    public boolean isWarnEnabled() {
        return Logging.isEnabled(isOurs, Level.WARN);
    }

    @Override
    public boolean isErrorEnabled() {
        return Logging.isEnabled(isOurs, Level.ERROR);
    }
}
