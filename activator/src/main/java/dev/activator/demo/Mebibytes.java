package dev.activator.demo;

import java.util.Locale;

/** Memory as the tour words it: always in the same unit, so that figures can be compared. */
final class Mebibytes {
    private static final double BYTES = 1 << 20;
    private static final double FEW = 10;

    private Mebibytes() {}

    /** {@code 1024 MiB}, {@code 34 MiB}, {@code 0.6 MiB}. */
    static String of(long bytes) {
        double size = bytes / BYTES;
        return String.format(Locale.ROOT, size < FEW ? "%.1f MiB" : "%.0f MiB", size);
    }
}
