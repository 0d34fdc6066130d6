package dev.activator.accounting;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What files of {@code /proc/PID} say, given their text; empty where they do not, since the process is gone, say. proc(5) */
public final class ProcText {
    private static final Pattern PSS = Pattern.compile("(?m)^Pss:\\s*(\\d+) kB$");
    private static final long KIB = 1024;
    /** Clock ticks of stat are 10 ms on both architectures. time(7) USER_HZ */
    private static final long NANOS_PER_TICK = 10_000_000;

    private static final int UTIME = 11;
    private static final int CUTIME = 13;

    private ProcText() {}

    /** Proportional set size in bytes, of {@code smaps_rollup}. */
    public static OptionalLong pssBytes(String rollup) {
        Matcher pss = PSS.matcher(rollup);
        return pss.find() ? OptionalLong.of(Long.parseLong(pss.group(1)) * KIB) : OptionalLong.empty();
    }

    /** Processor time of the process itself in nanoseconds, of {@code stat}. */
    public static OptionalLong cpuNanos(String stat) {
        return nanos(stat, UTIME);
    }

    /** Processor time, in nanoseconds, of those of its children that have ended and that it has waited for, with theirs; of {@code stat}. */
    public static OptionalLong waitedCpuNanos(String stat) {
        return nanos(stat, CUTIME);
    }

    private static OptionalLong nanos(String stat, int userTime) {
        // The name in brackets may hold anything, closing brackets included.
        int afterCommand = stat.lastIndexOf(')') + 2;
        String[] fields =
                afterCommand < 2 ? new String[0] : stat.substring(afterCommand).split(" ");
        return fields.length <= userTime + 1
                ? OptionalLong.empty()
                : OptionalLong.of(
                        (Long.parseLong(fields[userTime]) + Long.parseLong(fields[userTime + 1])) * NANOS_PER_TICK);
    }
}
