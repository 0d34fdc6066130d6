package dev.activator.experiment;

/** Text in HTML and SVG. */
final class Markup {
    private Markup() {}

    /** With what would be markup escaped, for content and for attributes in double quotes. */
    static String text(String plain) {
        return plain.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
