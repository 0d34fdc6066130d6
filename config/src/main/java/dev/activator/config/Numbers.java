package dev.activator.config;

/** Whole numbers as C writes them, which is how systemd reads most of its: {@code 22}, {@code 0x16}, {@code 026}, {@code 0b10110}. */
final class Numbers {
    private Numbers() {}

    /** A number from {@code least} to {@code most}. */
    static long parse(String text, long least, long most) throws BadValue {
        long plain = plain(text);
        return plain >= least && plain <= most && plain >= 0 ? plain : parseOdd(text, least, most);
    }

    /** A decimal number of at most nine digits that does not begin with a zero, or a single zero; −1 for anything else. */
    private static long plain(String text) {
        if (text.isEmpty() || text.length() > 9 || (text.charAt(0) == '0' && text.length() > 1)) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = 10 * value + digit;
        }
        return value;
    }

    private static long parseOdd(String text, long least, long most) throws BadValue {
        String digits = text.strip();
        boolean negative = digits.startsWith("-");
        if (negative || digits.startsWith("+")) {
            digits = digits.substring(1);
        }
        int radix = radix(digits);
        boolean bareOctal = radix == 8 && !digits.startsWith("0o") && !digits.startsWith("0O");
        String plain = radix == 10 || bareOctal ? digits : digits.substring(2);
        if (plain.isEmpty() || plain.chars().anyMatch(c -> c > 127 || Character.digit(c, radix) < 0)) {
            throw BadValue.ignored("expected a whole number, " + least + ".." + most);
        }
        long value = plain.length() > 64 ? Long.MAX_VALUE : bounded(plain, radix);
        value = negative ? -value : value;
        if (value < least || value > most) {
            throw BadValue.ignored("must be " + least + ".." + most);
        }
        return value;
    }

    private static long bounded(String digits, int radix) {
        java.math.BigInteger value = new java.math.BigInteger(digits, radix);
        return value.bitLength() > 62 ? Long.MAX_VALUE : value.longValue();
    }

    private static int radix(String digits) {
        if (digits.length() < 2 || digits.charAt(0) != '0') {
            return 10;
        }
        return switch (digits.charAt(1)) {
            case 'x', 'X' -> 16;
            case 'b', 'B' -> 2;
            default -> 8;
        };
    }

    /** An octal mode of at most 07777. */
    static int mode(String text) throws BadValue {
        if (!text.matches("[0-7]{1,8}") || Integer.parseInt(text, 8) > 07777) {
            throw BadValue.ignored("expected an octal mode of at most 7777, such as 0660");
        }
        return Integer.parseInt(text, 8);
    }
}
