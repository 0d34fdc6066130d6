package dev.activator.config;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Any text as part of a unit name and back: {@code /} becomes {@code -}, other characters that a name cannot have become {@code \xHH}.
 * systemd-escape(1).
 */
public final class UnitEscape {
    private UnitEscape() {}

    /** The text as a unit name's prefix or instance: {@code Hallöchen, Meister} gives {@code Hall\xc3\xb6chen\x2c\x20Meister}. */
    public static String escape(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        StringBuilder out = new StringBuilder(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            char c = (char) (bytes[i] & 0xFF);
            if (c == '/') {
                out.append('-');
            } else if (c == '-' || c == '\\' || (c == '.' && i == 0) || !UnitName.isNameCharacter(c)) {
                out.append("\\x").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    /** A path as a unit name: slashes at both ends and doubled ones are dropped, {@code /} itself gives {@code -}. */
    public static String escapePath(String path) {
        String trimmed = path.replaceAll("/+", "/").replaceAll("^/|/$", "");
        return trimmed.isEmpty() ? "-" : escape(trimmed);
    }

    /** What was escaped; null where an escape is wrong or the bytes are not UTF-8. */
    public static @Nullable String unescape(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                out.writeBytes((c == '-' ? "/" : String.valueOf(c)).getBytes(StandardCharsets.UTF_8));
                continue;
            }
            if (!text.startsWith("x", i + 1) || i + 3 >= text.length()) {
                return null;
            }
            int high = Character.digit(text.charAt(i + 2), 16);
            int low = Character.digit(text.charAt(i + 3), 16);
            if (high < 0 || low < 0) {
                return null;
            }
            out.write(high << 4 | low);
            i += 3;
        }
        return Escapes.decode(out.toByteArray());
    }

    /** The absolute path that was escaped with {@link #escapePath}; null where it is none. */
    public static @Nullable String unescapePath(String text) {
        String path = text.equals("-") ? "" : unescape(text);
        return path == null ? null : "/" + path;
    }
}
