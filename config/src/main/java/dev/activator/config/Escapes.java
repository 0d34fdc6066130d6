package dev.activator.config;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** C-style escapes of quoted values: {@code \n}, {@code \x41}, {@code \101}, {@code \u00e9}, and {@code \s} for a blank. systemd.syntax(7). */
final class Escapes {
    private static final String LETTERS = "abfnrtvs\\\"'";
    private static final String MEANINGS = "\u0007\b\f\n\r\t\u000b \\\"'";

    private Escapes() {}

    /**
     * Reads the escape whose letter stands at {@code at}, just behind its backslash, and appends what it means.
     *
     * @return how many characters the escape has without its backslash; 0 where it is none
     */
    static int read(String text, int at, ByteArrayOutputStream out) {
        char letter = text.charAt(at);
        int simple = LETTERS.indexOf(letter);
        if (simple >= 0) {
            out.write(MEANINGS.charAt(simple));
            return 1;
        }
        return switch (letter) {
            case 'x' -> number(text, at + 1, 2, 16, out) ? 3 : 0;
            case 'u' -> number(text, at + 1, 4, 16, out) ? 5 : 0;
            case 'U' -> number(text, at + 1, 8, 16, out) ? 9 : 0;
            default -> number(text, at, 3, 8, out) ? 3 : 0;
        };
    }

    private static boolean number(String text, int at, int digits, int radix, ByteArrayOutputStream out) {
        if (at + digits > text.length()) {
            return false;
        }
        long value = 0;
        for (int i = at; i < at + digits; i++) {
            int digit = text.charAt(i) < 128 ? Character.digit(text.charAt(i), radix) : -1;
            if (digit < 0) {
                return false;
            }
            value = value * radix + digit;
        }
        boolean isByte = digits < 4;
        boolean surrogate = value >= 0xD800 && value <= 0xDFFF;
        if (value == 0 || (isByte && value > 0xFF) || (!isByte && (surrogate || value > 0x10FFFF))) {
            return false;
        }
        if (isByte) {
            out.write((int) value);
        } else {
            out.writeBytes(Character.toString((int) value).getBytes(StandardCharsets.UTF_8));
        }
        return true;
    }

    /** The text of UTF-8 bytes; null where they are not UTF-8. */
    static @Nullable String decode(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') < 0) {
            return text;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** The word in double quotes, so that {@link Words} with unquoting and unescaping reads it back; plain words stay as they are. */
    static String quote(String word) {
        if (!word.isEmpty() && word.chars().noneMatch(c -> c <= ' ' || c == 127 || "\"'\\;".indexOf(c) >= 0)) {
            return word;
        }
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || c == 127) {
                out.append("\\x").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
