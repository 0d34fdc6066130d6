package dev.activator.server;

import dev.activator.control.WakePhase;
import dev.activator.control.WakeReport;
import dev.activator.listener.Loop;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** When each phase of an instance's latest start was reached, on the loop's clock in nanoseconds. */
final class WakeTrace {
    /** The marks, in the order in which a start reaches them; each phase lasts from the mark before to its own. */
    enum Mark {
        READABLE("readable"),
        DECIDED("decision"),
        SPAWNED("spawn"),
        STARTED("start"),
        THAWED("thaw"),
        READY("ready");

        private final String phase;

        Mark(String phase) {
            this.phase = phase;
        }
    }

    private final Loop loop;
    private final Map<Mark, Long> marks = new EnumMap<>(Mark.class);
    private @Nullable Instant at;
    private String by = "";

    WakeTrace(Loop loop) {
        this.loop = loop;
    }

    /** Begins a new start; {@code by} says who or what woke the service. */
    void begin(Instant wallClock, String wokenBy, long nanos) {
        marks.clear();
        at = wallClock;
        by = wokenBy;
        marks.put(Mark.READABLE, nanos);
    }

    /** Notes that the mark is reached; the first time of a start counts. */
    void mark(Mark mark) {
        marks.putIfAbsent(mark, loop.nanoTime());
    }

    /** The latest start, null where there was none. */
    @Nullable
    WakeReport report() {
        Instant start = at;
        Long first = marks.get(Mark.READABLE);
        if (start == null || first == null) {
            return null;
        }
        List<WakePhase> phases = new ArrayList<>();
        long before = first;
        for (Map.Entry<Mark, Long> entry : marks.entrySet()) {
            if (entry.getKey() != Mark.READABLE) {
                phases.add(new WakePhase(entry.getKey().phase, (entry.getValue() - before) / 1000));
                before = entry.getValue();
            }
        }
        return new WakeReport(start, by, phases);
    }
}
