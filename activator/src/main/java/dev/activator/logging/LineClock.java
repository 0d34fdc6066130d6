package dev.activator.logging;

import dev.activator.handoff.LineTime;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/** The time at the beginning of a line. Lines of one millisecond share it: a start writes thousands. For one thread at a time. */
final class LineClock {
    private long millis = Long.MIN_VALUE;
    private String text = "";

    String now() {
        long present = System.currentTimeMillis();
        if (present != millis) {
            text = LineTime.of(OffsetDateTime.ofInstant(Instant.ofEpochMilli(present), ZoneId.systemDefault()));
            millis = present;
        }
        return text;
    }
}
