package dev.activator.logging;

import java.text.MessageFormat;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * What the JDK itself has to say goes to {@link Logging} as well. That there is a finder in the first jar spares the start of a process the
 * search for one in all the others. java.lang.System.LoggerFinder
 */
public final class PlatformLoggerFinder extends System.LoggerFinder {
    @Override
    public System.Logger getLogger(String name, Module module) {
        return new PlatformLogger(name);
    }

    private record PlatformLogger(String name) implements System.Logger {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean isLoggable(Level level) {
            return level != Level.OFF && Logging.isEnabled(false, ours(level));
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle words, @Nullable String message, @Nullable Throwable failure) {
            if (isLoggable(level)) {
                Logging.write(ours(level), name + ": " + said(words, message), failure);
            }
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle words, @Nullable String format, @Nullable Object... values) {
            if (isLoggable(level)) {
                String text = said(words, format);
                boolean isPattern = values != null && values.length > 0;
                Logging.write(ours(level), name + ": " + (isPattern ? MessageFormat.format(text, values) : text), null);
            }
        }

        private static String said(@Nullable ResourceBundle words, @Nullable String message) {
            if (words == null || message == null) {
                return String.valueOf(message);
            }
            try {
                return words.getString(message);
            } catch (MissingResourceException untranslated) {
                return message;
            }
        }

        private static org.slf4j.event.Level ours(Level level) {
            return switch (level) {
                case ALL, TRACE -> org.slf4j.event.Level.TRACE;
                case DEBUG -> org.slf4j.event.Level.DEBUG;
                case INFO -> org.slf4j.event.Level.INFO;
                case WARNING -> org.slf4j.event.Level.WARN;
                case ERROR, OFF -> org.slf4j.event.Level.ERROR;
            };
        }
    }
}
