package dev.activator.config;

/** Text from a file as it may stand in a message: on one line, without control characters, not too long. */
final class Quoted {
    private static final int MAX = 80;

    private Quoted() {}

    static String shorten(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length() && out.length() < MAX; i++) {
            char c = text.charAt(i);
            out.append(c < ' ' || c == 127 ? '?' : c);
        }
        return text.length() > MAX ? out.append('…').toString() : out.toString();
    }
}
