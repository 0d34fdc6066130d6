package dev.activator.logging;

import dev.activator.handoff.LineTime;
import java.time.OffsetDateTime;
import org.slf4j.event.Level;

/** {@code 2026-11-26T08:00:00.000Z INFO web.socket: listening on [::]:80}. */
final class LineFormat {
    private LineFormat() {}

    static String line(OffsetDateTime at, Level level, String text) {
        return LineTime.of(at) + rest(level, text);
    }

    /** All behind the time. */
    static String rest(Level level, String text) {
        return level + " " + text + "\n";
    }
}
