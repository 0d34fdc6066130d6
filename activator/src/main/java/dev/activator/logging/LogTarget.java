package dev.activator.logging;

import java.nio.file.Path;

/** Where the log goes, as {@code --log} names it. */
public sealed interface LogTarget {
    /** Standard error. */
    record StandardError() implements LogTarget {}

    /** A file that is added to, and opened anew when it is asked for (SIGHUP), as logrotate(8) wants it. */
    record File(Path path) implements LogTarget {}

    /** The host's syslog daemon. syslog(3) */
    record Syslog() implements LogTarget {}

    /** The systemd journal, in its own protocol. systemd.io/JOURNAL_NATIVE_PROTOCOL */
    record Journal() implements LogTarget {}

    /**
     * Reads what was typed.
     *
     * @throws IllegalArgumentException if it is none, worded to follow the option's name
     */
    static LogTarget parse(String text) {
        if (text.startsWith("file:") && text.length() > "file:".length()) {
            return new File(Path.of(text.substring("file:".length())).toAbsolutePath());
        }
        return switch (text) {
            case "stderr" -> new StandardError();
            case "syslog" -> new Syslog();
            case "journal" -> new Journal();
            default ->
                throw new IllegalArgumentException("'" + text + "' is neither stderr, file:PATH, syslog nor journal");
        };
    }
}
