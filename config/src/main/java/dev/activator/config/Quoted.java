package dev.activator.config;

/** Text from a file as it may stand in a message: on one line, without control characters, not too long. */
final class Quoted {
    private static final int MAX = 80;

    private Quoted() {}

    static String shorten(String text) {
        return shorten(text, MAX);
    }

    static String shorten(String text, int most) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length() && out.length() < most; i++) {
            char c = text.charAt(i);
            out.append(c < ' ' || c == 127 ? '?' : c);
        }
        return text.length() > most ? out.append('…').toString() : out.toString();
    }
}
