package dev.activator.server;

import dev.activator.control.WakePhase;
import dev.activator.control.WakeReport;
import dev.activator.listener.Loop;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

    private static final List<Mark> MARKS = List.of(Mark.values());
    private static final long NEVER = Long.MIN_VALUE;

    private final Loop loop;
    /** When, by the mark's place among all; the first is there in every start. */
    private final long[] reached = new long[MARKS.size()];

    private @Nullable Instant at;
    private String by = "";

    WakeTrace(Loop loop) {
        this.loop = loop;
        Arrays.fill(reached, NEVER);
    }

    /** Begins a new start; {@code by} says who or what woke the service. */
    void begin(Instant wallClock, String wokenBy, long nanos) {
        Arrays.fill(reached, NEVER);
        at = wallClock;
        by = wokenBy;
        reached[0] = nanos;
    }

    /** Notes that the mark is reached; the first time of a start counts. */
    void mark(Mark mark) {
        int place = MARKS.indexOf(mark);
        if (reached[place] == NEVER) {
            reached[place] = loop.nanoTime();
        }
    }

    /** The latest start, null where there was none. */
    @Nullable
    WakeReport report() {
        Instant start = at;
        if (start == null) {
            return null;
        }
        List<WakePhase> phases = new ArrayList<>(MARKS.size());
        long before = reached[0];
        for (int i = 1; i < MARKS.size(); i++) {
            if (reached[i] != NEVER) {
                phases.add(new WakePhase(MARKS.get(i).phase, (reached[i] - before) / 1000));
                before = reached[i];
            }
        }
        return new WakeReport(start, by, phases);
    }

    /** How long the latest start took, in microseconds, as its report says; negative where there was none. */
    long totalMicros() {
        if (at == null) {
            return -1;
        }
        long before = reached[0];
        long total = 0;
        for (long nanos : reached) {
            if (nanos != NEVER) {
                total += (nanos - before) / 1000;
                before = nanos;
            }
        }
        return total;
    }
}
