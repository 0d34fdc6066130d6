package dev.activator.logging;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/** What this process does with its log; before it is told, warnings go to standard error. */
public final class Logging {
    private static final String JOURNAL = "/run/systemd/journal/socket";
    private static final String SYSLOG = "/dev/log";

    private static final Object LOCK = new Object();
    private static volatile Level ours = Level.WARN;
    private static LogSink sink = standardError();
    private static boolean isTroubled;

    private Logging() {}

    /**
     * Sends the log there from now on.
     *
     * @param level of our own events; what libraries say is heard from warnings on
     * @throws IOException if the target cannot be opened, worded for people
     */
    public static void configure(LogTarget target, Level level) throws IOException {
        LogSink opened = open(target);
        synchronized (LOCK) {
            ours = level;
            sink = opened;
        }
    }

    private static LogSink open(LogTarget target) throws IOException {
        try {
            if (target instanceof LogTarget.File file) {
                return new StreamSink(file.path());
            }
            if (target instanceof LogTarget.Syslog) {
                return probed(DatagramSink.syslog(SYSLOG));
            }
            return target instanceof LogTarget.Journal ? probed(DatagramSink.journal(JOURNAL)) : new StreamSink(null);
        } catch (IOException failure) {
            throw new IOException(said(target) + " cannot be written to: " + failure.getMessage(), failure);
        }
    }

    /** Whether anybody takes it is known only when something is sent. */
    private static LogSink probed(LogSink opened) throws IOException {
        opened.write(Level.DEBUG, "the log begins");
        return opened;
    }

    private static String said(LogTarget target) {
        return target instanceof LogTarget.File file
                ? "the log file " + file.path()
                : target instanceof LogTarget.Syslog ? "syslog" : "the systemd journal";
    }

    /** Opens a file anew, which logrotate(8) may have moved away. */
    public static void reopen() {
        synchronized (LOCK) {
            try {
                sink.reopen();
            } catch (IOException failure) {
                fallBack(Level.ERROR, "cannot open the log anew, going on with the old one: " + failure.getMessage());
            }
        }
    }

    static boolean isEnabled(boolean isOurs, Level level) {
        return level.toInt() >= (isOurs ? ours : Level.WARN).toInt();
    }

    static void write(Level level, String text, @Nullable Throwable failure) {
        String whole = failure == null ? text : text + "\n" + trace(failure);
        synchronized (LOCK) {
            try {
                sink.write(level, whole);
                isTroubled = false;
            } catch (IOException trouble) {
                if (!isTroubled) {
                    fallBack(Level.ERROR, "cannot write the log, writing here instead: " + trouble.getMessage());
                    isTroubled = true;
                }
                fallBack(level, whole);
            }
        }
    }

    private static void fallBack(Level level, String text) {
        String line = LineFormat.line(OffsetDateTime.now(ZoneId.systemDefault()), level, text);
        try {
            StandardErrorLines.ours().write(line.getBytes(StandardCharsets.UTF_8));
        } catch (IOException lost) {
            // There is nowhere left to say it.
        }
    }

    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString().stripTrailing();
    }

    private static LogSink standardError() {
        try {
            return new StreamSink(null);
        } catch (IOException impossible) {
            throw new IllegalStateException(Objects.toString(impossible), impossible);
        }
    }
}
