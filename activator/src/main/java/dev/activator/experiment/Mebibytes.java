package dev.activator.experiment;

import java.util.Locale;

/** Memory as tours and reports word it: always in the same unit, so that figures can be compared. */
public final class Mebibytes {
    private static final double BYTES = 1 << 20;
    private static final double FEW = 10;

    private Mebibytes() {}

    /** {@code 1,024 MiB}, {@code 34 MiB}, {@code 0.6 MiB}. */
    public static String of(long bytes) {
        double size = bytes / BYTES;
        return String.format(Locale.ROOT, size < FEW ? "%.1f MiB" : "%,.0f MiB", size);
    }
}
