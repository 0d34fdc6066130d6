package dev.activator.cli;

import java.util.Locale;

/** Sizes as systemctl words them. */
final class SizeText {
    private static final String UNITS = "BKMGT";
    private static final double STEP = 1024;

    private SizeText() {}

    /** {@code 512B}, {@code 34.5M}. */
    static String of(long bytes) {
        double size = bytes;
        int unit = 0;
        while (size >= STEP && unit < UNITS.length() - 1) {
            size /= STEP;
            unit++;
        }
        return unit == 0 ? bytes + "B" : String.format(Locale.ROOT, "%.1f%c", size, UNITS.charAt(unit));
    }
}
