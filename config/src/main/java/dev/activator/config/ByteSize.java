package dev.activator.config;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Sizes in bytes as systemd writes them: {@code 64K}, {@code 1G 512M}, base 1024, capital letters only. */
public final class ByteSize {
    private static final String UNITS = "EPTGMKB";

    private ByteSize() {}

    /**
     * Reads a size of 0 to 2^63-1 bytes.
     *
     * @throws IllegalArgumentException with a reason that can be shown, where the text is no size
     */
    public static long parse(String text) {
        BigDecimal sum = BigDecimal.ZERO;
        int largest = 0;
        int at = 0;
        String rest = text.strip();
        do {
            int end = numberEnd(rest, at);
            if (end == at || rest.charAt(at) == '.' || end - at > 400) {
                throw new IllegalArgumentException(expected(rest));
            }
            BigDecimal number = new BigDecimal(rest.substring(at, end) + (rest.charAt(end - 1) == '.' ? "0" : ""));
            int unit = skipBlanks(rest, end);
            int rank = unit == rest.length() ? UNITS.length() - 1 : UNITS.indexOf(rest.charAt(unit));
            if (rank < largest) {
                throw new IllegalArgumentException(expected(rest));
            }
            sum = sum.add(number.multiply(BigDecimal.valueOf(1L << (10 * (UNITS.length() - 1 - rank))))
                    .setScale(0, RoundingMode.DOWN));
            largest = rank + 1;
            at = unit == rest.length() ? unit : skipBlanks(rest, unit + 1);
        } while (at < rest.length());
        if (sum.toBigInteger().bitLength() > 63) {
            throw new IllegalArgumentException("must be below 8E (2^63 bytes)");
        }
        return sum.longValueExact();
    }

    private static String expected(String text) {
        boolean lowerCase = text.matches("[0-9.]+ *[kmgtpe]");
        return lowerCase
                ? "units are capital letters; did you mean '" + text.toUpperCase(java.util.Locale.ROOT) + "'?"
                : "expected a number of bytes, with K, M, G, T, P or E for powers of 1024";
    }

    private static int numberEnd(String text, int at) {
        int i = at;
        boolean fraction = false;
        while (i < text.length()
                && ((text.charAt(i) >= '0' && text.charAt(i) <= '9') || (text.charAt(i) == '.' && !fraction))) {
            fraction |= text.charAt(i) == '.';
            i++;
        }
        return i;
    }

    private static int skipBlanks(String text, int at) {
        int i = at;
        while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
            i++;
        }
        return i;
    }
}
