package dev.activator.service.protocol;

/**
 * What a message over a handoff socket says of the accepted socket that comes with it: one line with these fields between tabs. More fields
 * may follow in later versions. docs/handoff.md.
 *
 * @param unit the socket unit, {@code web.socket}
 * @param listener its name, as in LISTEN_FDNAMES
 * @param local the listener's address, {@code 127.0.0.1:80} or {@code /run/web.sock}
 * @param peer who it is, {@code 10.0.0.5:4711}, or {@code pid 4711 uid 1000}
 */
public record PassedSocketText(String unit, String listener, String local, String peer) {
    /** More bytes than any line has. */
    public static final int LONGEST = 4 * 1024;

    private static final int FIELDS = 4;

    /** The line, with the end of it. */
    public String encode() {
        return clean(unit) + '\t' + clean(listener) + '\t' + clean(local) + '\t' + clean(peer) + '\n';
    }

    /** Nothing that a path may contain ends a field or a line. */
    private static String clean(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return text.replaceAll("\\p{Cntrl}", "?");
            }
        }
        return text;
    }

    /** What is missing is empty: the socket counts, whatever is said of it. */
    public static PassedSocketText decode(String message) {
        String line = message.endsWith("\n") ? message.substring(0, message.length() - 1) : message;
        String[] fields = line.split("\t", -1);
        return new PassedSocketText(field(fields, 0), field(fields, 1), field(fields, 2), field(fields, FIELDS - 1));
    }

    private static String field(String[] fields, int index) {
        return index < fields.length ? fields[index] : "";
    }
}
