package dev.activator.cli;

/**
 * Makes text from elsewhere fit for a terminal: a service's name of itself, its output or its command line must not move the cursor of
 * whoever looks at it. Control characters become {@code \n}, {@code \t}, {@code \x1b}.
 */
final class Printable {
    private static final int FIRST_PRINTABLE = 0x20;
    private static final int DELETE = 0x7f;
    private static final int LAST_C1 = 0x9f;

    private Printable() {}

    /** One line: every control character is escaped. */
    static String line(String text) {
        return escape(text, false);
    }

    /** Several lines: line feeds and tabs stay. */
    static String lines(String text) {
        return escape(text, true);
    }

    private static String escape(String text, boolean keepLines) {
        if (text.chars().noneMatch(c -> isControl(c))) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isKept = !isControl(c) || (keepLines && (c == '\n' || c == '\t'));
            escaped.append(isKept ? String.valueOf(c) : escape(c));
        }
        return escaped.toString();
    }

    private static boolean isControl(int c) {
        return c < FIRST_PRINTABLE || (c >= DELETE && c <= LAST_C1);
    }

    private static String escape(char c) {
        return switch (c) {
            case '\n' -> "\\n";
            case '\t' -> "\\t";
            case '\r' -> "\\r";
            default -> String.format("\\x%02x", (int) c);
        };
    }
}
